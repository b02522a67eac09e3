package connection

import (
	"encoding/json"
	"strings"
)

// toolBoxVersion is the version of Power Platform ToolBox's exports.
const toolBoxVersion = "1"

// readToolBox reads an export of Power Platform ToolBox.
//
// Source: its connectionsManager.ts, exportConnections.
func readToolBox(data []byte) ([]foreign, error) {
	var file struct {
		Version     json.RawMessage
		Connections []json.RawMessage
	}
	if err := json.Unmarshal(data, &file); err != nil || file.Version == nil || file.Connections == nil {
		return nil, ErrNotImportable
	}
	if string(file.Version) != toolBoxVersion {
		return nil, ErrImportNewer
	}
	var found []foreign
	for _, raw := range file.Connections {
		var c struct{ Name, URL, AuthenticationType, ClientID, TenantID string }
		if json.Unmarshal(raw, &c) != nil {
			return nil, ErrImportDamaged
		}
		f := foreign{name: c.Name, address: c.URL, tenant: c.TenantID, clientID: c.ClientID}
		switch strings.ToLower(c.AuthenticationType) {
		case "clientsecret":
			f.by = secretSignIn
		case "interactive", "usernamepassword":
			f.by = personSignsIn
		}
		found = append(found, f)
	}
	return found, nil
}
