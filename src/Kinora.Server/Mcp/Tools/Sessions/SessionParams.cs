using System.Text.Json;
using Kinora.Errors;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;
using Kinora.Sessions;

namespace Kinora.Server.Mcp.Tools.Sessions;

/// <summary>What the session tools share.</summary>
internal static class SessionParams
{
    public static TextParam Id { get; } = new("session_id")
    {
        Required = true,
        MaxLength = 60,
        BlamedFor = [ErrorCodes.SessionNotFound, ErrorCodes.SessionClosed, ErrorCodes.SessionExpired],
        FoundBy = FoundBy.Sessions,
    };

    public static TextParam Name { get; } = new("session_name") { MaxLength = SessionService.MaxName };

    public static TextParam Description(string name) => new(name) { Required = true, MaxLength = SessionService.MaxDescription, About = "Style and rules for every image" };

    public static Shape Shape { get; } = Schema.Shape.Object(
        ("session_id", Schema.Shape.Text), ("status", Schema.Shape.Text), ("model", Schema.Shape.Text), ("created_at", Schema.Shape.Text));

    /// <summary>The fields of a session, into an object that is open.</summary>
    public static void WriteFields(Utf8JsonWriter json, ImageSession session, SessionState state)
    {
        json.WriteString("session_id", session.Id.ToString());
        if (session.Name is { } name)
        {
            json.WriteString("session_name", PlainText.Clean(name, SessionService.MaxName));
        }

        json.WriteString("description", PlainText.Clean(session.Description, SessionService.MaxDescription));
        json.WriteString("status", Word(state));
        json.WriteString("model", session.Model);
        json.WriteString("created_at", Time(session.CreatedAt));
        json.WriteString("last_activity", Time(session.UsedAt));
    }

    public static string Word(SessionState state) => state.ToString().ToLowerInvariant();

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
