using Kinora.Catalog;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.OpenAiImageMcp;

internal sealed class GenerateImage(OpenCalls open) : PictureTool(open)
{
    public override ToolSpec Spec { get; } = new("generate_image", "image", "Generate an image from a prompt, alone or within a session.")
    {
        Params =
        [
            VideoParams.Prompt,
            Pictures.Session,
            Pictures.Model,
            Pictures.Quality,
            Pictures.Size,
            Pictures.Background,
            new TextParam("use_case") { MaxLength = 100, Default = ImageWords.General, About = $"Folder: {string.Join(", ", ImageWords.UseCases.Keys)}" },
        ],
        Result = Pictures.ShapeWith(),
        Effect = ToolEffect.Pays,
    };

    protected override string ErrorType => "generation_error";

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var given = call.Arguments;
        var (session, useCase) = (given.TextOrNull("session_id"), given.Text("use_case"));
        // Other words for the use are allowed by the original; a session has a folder of its own, and its own model.
        var known = session is null && ImageWords.UseCases.ContainsKey(useCase);
        var draft = Pictures.Draft(given) with { Model = given.Text("model"), UseCase = known ? useCase : null };
        var note = known || session is not null ? "" : $" use_case \"{PlainText.Clean(useCase, 40)}\" has no folder of its own: it lies among the general images.";
        return await Pictures.AnswerAsync(call, await MakeAsync(call, session, draft, cancel), ErrorType, _ => { }, cancel, note);
    }
}
