package dataverse

import (
	"bytes"
	"encoding/json"
)

// maxRows bounds the rows that are read of one list.
const maxRows = 500

// row is an element of a list of the Web API.
type row interface{ empty() bool }

// rows are the first [maxRows] rows of a list that are not empty. The others cost
// no memory: ten megabytes of "{}," would be two gigabytes of users.
type rows[T row] []T

// UnmarshalJSON implements [json.Unmarshaler].
func (r *rows[T]) UnmarshalJSON(list []byte) error {
	*r = nil
	if bytes.Equal(list, []byte("null")) {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(list))
	switch start, err := d.Token(); {
	case err != nil:
		return err
	case start != json.Delim('['):
		var none []T
		return json.Unmarshal(list, &none) // the error of a value that is no list
	}
	*r = rows[T]{}
	for len(*r) < maxRows && d.More() {
		var one T
		if err := d.Decode(&one); err != nil {
			return err
		}
		if !one.empty() {
			*r = append(*r, one)
		}
	}
	return nil
}
