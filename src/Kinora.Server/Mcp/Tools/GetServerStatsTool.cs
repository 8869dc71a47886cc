using System.Text.Json;
using Kinora.Generation;
using Kinora.Health;
using Kinora.Jobs;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools;

internal sealed class GetServerStatsTool : McpTool
{
    public override ToolSpec Spec { get; } = new("get_server_stats", "server", "See the server's version, uptime, memory, how many of your videos stand where, and which providers answer.")
    {
        Result = Shape.Object(
            ("version", Shape.Text), ("uptime_seconds", Shape.Integer), ("memory_mb", Shape.Integer), ("queued", Shape.Integer), ("in_progress", Shape.Integer),
            ("completed", Shape.Integer), ("failed", Shape.Integer), ("free_disk_mb", Shape.Integer), ("video_tools", Shape.Flag),
            ("providers", Shape.List(Shape.Object(
                ("name", Shape.Text), ("state", Shape.OneOf("closed", "open", "half_open")), ("last_fault?", Shape.Text), ("retry_at?", Shape.Integer))))),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var counts = await call.Studio.Jobs.CountByStatusAsync(call.Client.Caller.UserId, MediaKind.Video, cancel);
        int Count(string word) => counts.Where(c => c.Key.PublicWord() == word).Sum(c => c.Value);
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var uptime = (long)(DateTime.UtcNow - process.StartTime.ToUniversalTime()).TotalSeconds;
        var ready = call.Studio.Media.Missing() is null;
        var providers = await call.Studio.Breakers.ListAsync(cancel);
        var silent = providers.Where(p => p.State != BreakerState.Closed).ToList();
        return ToolAnswer.Of(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("version", ProductVersion.Text);
                json.WriteNumber("uptime_seconds", uptime);
                json.WriteNumber("memory_mb", Environment.WorkingSet >> 20);
                foreach (var word in (string[])["queued", "in_progress", "completed", "failed"])
                {
                    json.WriteNumber(word, Count(word));
                }

                json.WriteNumber("free_disk_mb", call.Studio.Assets.FreeBytes() >> 20);
                json.WriteBoolean("video_tools", ready);
                json.WriteStartArray("providers");
                foreach (var provider in providers)
                {
                    Write(json, provider);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            },
            $"Kinora {ProductVersion.Text}, up {uptime} s. Videos: {Count("queued")} queued, {Count("in_progress")} in progress, {Count("completed")} completed, {Count("failed")} failed."
                + (ready ? "" : " ffmpeg is missing: nothing can be made.")
                + (silent.Count == 0 ? "" : $" Not reachable at present: {string.Join(", ", silent.Select(p => p.Provider))}; their videos wait and are not lost."));
    }

    private static void Write(Utf8JsonWriter json, ProviderHealth provider)
    {
        json.WriteStartObject();
        json.WriteString("name", provider.Provider);
        json.WriteString("state", provider.Word);
        if (provider.LastFault is { } fault)
        {
            json.WriteString("last_fault", fault);
        }

        if (provider is { State: BreakerState.Open, Until: { } until })
        {
            json.WriteNumber("retry_at", until.ToUnixTimeSeconds());
        }

        json.WriteEndObject();
    }
}
