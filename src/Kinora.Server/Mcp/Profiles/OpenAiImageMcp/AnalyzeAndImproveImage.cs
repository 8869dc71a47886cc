using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Mcp.Tools.Design;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

internal sealed class AnalyzeAndImproveImage(OpenCalls open) : PictureTool(open)
{
    public override ToolSpec Spec { get; } = new("analyze_and_improve_image", "design", "Improve an existing image towards goals; a model that can look at it says first what it sees.")
    {
        Params = DesignParams.Improve,
        Result = Pictures.ShapeWith(("improvement_goals?", Shape.Text), ("preserved_elements?", Shape.Anything), ("analysis_summary?", Shape.Text)),
        Effect = ToolEffect.Pays,
    };

    protected override string ErrorType => "improvement_error";

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var job = await MakeAsync(call, DesignParams.Session(call), await DesignParams.ImprovementAsync(call, cancel), cancel);
        return await Pictures.AnswerAsync(
            call,
            job,
            ErrorType,
            json =>
            {
                json.WriteString("improvement_goals", PlainText.Clean(call.Text("improvement_goals"), TextParam.LongestText));
                json.WriteString("preserved_elements", call.Arguments.TextOrNull("preserve_elements") is { } kept ? PlainText.Clean(kept, TextParam.LongestText) : null);
                json.WriteString("analysis_summary", PlainText.Clean(DesignParams.Analysis(job), TextParam.LongestText));
            },
            cancel);
    }
}
