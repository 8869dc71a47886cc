using Kinora.Server.Mcp.Tools;
using Kinora.Server.Mcp.Tools.Design;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

internal sealed class GenerateUiAsset(OpenCalls open) : PictureTool(open)
{
    public override ToolSpec Spec { get; } = new("generate_ui_asset", "design", "Generate an icon, illustration, background or hero image for a user interface.")
    {
        Params = DesignParams.UiAsset,
        Result = Pictures.ShapeWith(
            ("asset_type?", Shape.Text), ("theme?", Shape.Text), ("style_preset?", Shape.Text), ("size_preset?", Shape.Text), ("ui_asset_summary?", Shape.Text)),
        Effect = ToolEffect.Pays,
    };

    protected override string ErrorType => "ui_asset_error";

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var job = await MakeAsync(call, DesignParams.Session(call), DesignParams.Asset(call), cancel);
        return await Pictures.AnswerAsync(
            call,
            job,
            ErrorType,
            json =>
            {
                foreach (var name in (ReadOnlySpan<string>)["asset_type", "theme", "style_preset", "size_preset"])
                {
                    json.WriteString(name, call.Text(name));
                }

                json.WriteString("ui_asset_summary", $"{call.Text("style_preset")} {call.Text("asset_type")} in {call.Text("theme")} theme");
            },
            cancel);
    }
}
