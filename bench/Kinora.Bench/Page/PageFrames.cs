using System.Text.Json;
using Kinora.Bench.Mcp;
using Microsoft.Playwright;

namespace Kinora.Bench.Page;

/// <summary>The times between the frames that a page was given, and how large its document was meanwhile.</summary>
internal sealed record PageFrames(double P50, double P95, double P99, double LatePart, double Nodes)
{
    /// <summary>One frame at 60 Hz and a bit: what takes longer has missed its turn.</summary>
    private const double LateMs = 17.5;

    private const string Begin =
        """
        () => {
          const frames = (window.frames_ = { times: [], nodes: 0, on: true });
          let last = 0;
          const frame = (now) => {
            if (last) frames.times.push(now - last);
            last = now;
            if (frames.times.length % 30 === 0) frames.nodes = Math.max(frames.nodes, document.getElementsByTagName('*').length);
            if (frames.on) requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
        }
        """;

    public static async Task<PageFrames> OfAsync(IPage page, Func<Task> doing)
    {
        await page.EvaluateAsync(Begin);
        await doing();
        var seen = await page.EvaluateAsync<JsonElement>("() => { window.frames_.on = false; return { times: window.frames_.times, nodes: window.frames_.nodes }; }");
        var times = seen.GetProperty("times").EnumerateArray().Select(t => t.GetDouble()).Order().ToList();
        double At(double part) => times[Math.Min(times.Count - 1, (int)(times.Count * part))];
        return new PageFrames(At(0.5), At(0.95), At(0.99), times.Count(t => t > LateMs) / (double)times.Count, seen.GetProperty("nodes").GetDouble());
    }

    /// <summary>The medians of some rounds, and the best and the worst of what counts.</summary>
    public static void Print(string what, IReadOnlyList<PageFrames> rounds) => McpBench.Print(
        $"{what,-40} p50 {rounds.Select(r => r.P50).Median():0.0}  p95 {rounds.Select(r => r.P95).Median():0.0}  p99 {rounds.Select(r => r.P99).Median():0.0} ms  late {rounds.Select(r => r.LatePart).Median():0.0%} ({rounds.Min(r => r.LatePart):0.0%} to {rounds.Max(r => r.LatePart):0.0%})  elements {rounds.Max(r => r.Nodes):0}");
}
