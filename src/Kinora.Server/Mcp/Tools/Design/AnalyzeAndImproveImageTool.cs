using Kinora.Jobs;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools.Images;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools.Design;

internal sealed class AnalyzeAndImproveImageTool : McpTool
{
    private const int LongestAnalysis = 4_000;

    public override ToolSpec Spec { get; } = new("analyze_and_improve_image", "design", "Improve an image towards goals; a model that can look at it says first what it sees.")
    {
        Params = DesignParams.Improve,
        Result = Shape.Object(("id", Shape.Text), ("status", Shape.Text), ("analysis_summary?", Shape.Text)),
        Effect = ToolEffect.Pays,
        StartsJob = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var answer = await ImageStart.RunAsync(call, DesignParams.Session(call), await DesignParams.ImprovementAsync(call, cancel), cancel);
        if (answer.Job is not { Status: JobStatus.Completed } job)
        {
            return answer;
        }

        var analysis = PlainText.Clean(DesignParams.Analysis(job), LongestAnalysis);
        return answer.With("analysis_summary", analysis) with { Text = $"{answer.Text}\n{PlainText.Clean(analysis, 300)}" };
    }
}
