using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

internal sealed class GetServerStats : SeedTool
{
    public override ToolSpec Spec { get; } = new("get_server_stats", "server", "Get the server's statistics: sessions, images, limits.")
    {
        Result = Shape.Object(
        [
            ("success", Shape.Flag), ("server_version?", Shape.Text), ("api_type?", Shape.Text), ("active_sessions?", Shape.Integer), ("max_sessions?", Shape.Integer),
            ("total_images_generated?", Shape.Integer), ("session_timeout_hours?", Shape.Number), ("models_in_use?", Shape.List(Shape.Text)), .. Failures.Fields,
        ]),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    protected override string ErrorType => "stats_error";

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var (caller, options) = (call.Client.Caller, call.Studio.Sessions.Options);
        var active = await call.Studio.Sessions.ListAsync(caller, cancel);
        var images = (await call.Studio.Jobs.CountByStatusAsync(caller.UserId, MediaKind.Image, cancel)).GetValueOrDefault(JobStatus.Completed);
        return ToolAnswer.AsJsonText(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success", true);
            json.WriteString("server_version", ProductVersion.Text);
            json.WriteString("api_type", "Kinora");
            json.WriteNumber("active_sessions", active.Count);
            json.WriteNumber("max_sessions", options.MaxActive);
            json.WriteNumber("total_images_generated", images);
            json.WriteNumber("session_timeout_hours", Math.Round(options.Timeout.TotalHours, 4));
            json.WriteStartArray("models_in_use");
            foreach (var model in active.Select(s => s.Session.Model).Distinct())
            {
                json.WriteStringValue(model);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
