using System.Globalization;
using System.Text.Json;
using Kinora.Assets;
using Kinora.Jobs;
using Kinora.Sessions;

namespace Kinora.Server.Commands;

/// <summary>A session as the command line tells it.</summary>
internal static class SessionText
{
    private const int PromptColumn = 60;

    public static string Table(IReadOnlyList<SessionSummary> active) => active.Count == 0
        ? "No active sessions. Begin one:  kinora session new \"Flat colours, thick outlines, always a red fox\""
        : string.Join(Environment.NewLine, active.Select(s => string.Create(
            CultureInfo.InvariantCulture,
            $"{s.Session.Id}  {Turns(s.Pictures),-9}  used {s.Session.UsedAt.ToLocalTime():yyyy-MM-dd HH:mm}  {JobView.Short(s.Session.Name ?? s.Session.Description, PromptColumn)}")));

    public static string Describe(SessionView view)
    {
        var (session, lines) = (view.Session, new List<string>());
        lines.Add($"{session.Id}  {Word(view.State)}{(session.Name is { } name ? "  " + JobView.Short(name, PromptColumn) : "")}");
        lines.Add($"  model    {session.Model}");
        lines.Add($"  about    {JobView.Short(session.Description, 100)}");
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"  used     {session.UsedAt.ToLocalTime():yyyy-MM-dd HH:mm}"));
        if (session.Origin is { } origin)
        {
            lines.Add($"  began    with {origin}");
        }
        else if (session.OriginPicture is { } picture)
        {
            lines.Add($"  began    with a picture of \"{JobView.Short(picture.Prompt, PromptColumn)}\"");
        }

        foreach (var job in view.Turns)
        {
            lines.AddRange(Pictures(job).Select(p => $"  {new ImageId(job.Id, p.Index)}  {JobView.Short(job.Request.Prompt, PromptColumn)}{From(job)}"));
        }

        lines.AddRange(view.Pending.Select(job => $"  {job.PublicId}  {JobView.Stage(job)}: {JobView.Short(job.Request.Prompt, PromptColumn)}"));
        return string.Join(Environment.NewLine, lines);
    }

    public static void Write(Utf8JsonWriter json, SessionView view)
    {
        json.WriteStartObject();
        WriteFields(json, view.Session, view.State, view.Turns.Count);
        WriteJobs(json, "turns", view.Turns);
        WriteJobs(json, "pending", view.Pending);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ImageSession session, SessionState state, int pictures)
    {
        json.WriteStartObject();
        WriteFields(json, session, state, pictures);
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, ImageSession session, SessionState state, int turns)
    {
        json.WriteString("id", session.Id.ToString());
        json.WriteString("name", session.Name);
        json.WriteString("description", session.Description);
        json.WriteString("status", Word(state));
        json.WriteString("model", session.Model);
        json.WriteString("origin_id", session.Origin?.ToString());
        json.WriteNumber("turn_count", turns);
        JobView.WriteTime(json, "created_at", session.CreatedAt);
        JobView.WriteTime(json, "used_at", session.UsedAt);
        JobView.WriteTime(json, "closed_at", session.ClosedAt);
    }

    private static void WriteJobs(Utf8JsonWriter json, string name, IReadOnlyList<Job> jobs)
    {
        json.WriteStartArray(name);
        foreach (var job in jobs)
        {
            JobView.Write(json, job);
        }

        json.WriteEndArray();
    }

    private static string Word(SessionState state) => state.ToString().ToLowerInvariant();

    private static string From(Job job) => job.SourceId is { } source ? $"  (from {new ImageId(source, job.Request.SourceIndex)})" : "";

    private static string Turns(int count) => count == 1 ? "1 turn" : FormattableString.Invariant($"{count} turns");

    private static IEnumerable<Asset> Pictures(Job job) => job.Assets.Where(a => a.Role == AssetRole.Image);
}
