using Kinora.Errors;
using Kinora.Server.Mcp;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;
using ModelContextProtocol.Protocol;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp;

/// <summary>Which tool a refusal sends the caller to.</summary>
public sealed class McpErrorsTests
{
    private static readonly IReadOnlyList<ToolSpec> Specs = [.. ToolCatalog.Create().Select(t => t.Spec)];

    [Theory]
    [InlineData("remix_video", ErrorCodes.NotFound, "list_videos")]
    [InlineData("prepare_reference", ErrorCodes.FileNotFound, "list_references")]
    [InlineData("close_session", ErrorCodes.SessionNotFound, "list_active_sessions")]
    [InlineData("delete_video", ErrorCodes.NotTerminal, "wait_for_video")]
    public void FaultOfWhatTheToolIsAbout_NamesTheToolThatHelps(string tool, string code, string helps) =>
        Refusal(tool, new KinoraException(code, "No.")).ShouldContain(helps);

    [Theory]
    [InlineData("create_video", "model", ErrorCodes.ModelNotFound, "list_models")]
    [InlineData("create_image_session", "model", ErrorCodes.ModelNotFound, "list_models")]
    [InlineData("create_video", "last_frame_filename", ErrorCodes.FileNotFound, "list_references")]
    [InlineData("edit_image", "more_image_paths", ErrorCodes.FileNotFound, "list_references")]
    public void FaultOfAParameter_NamesTheToolThatListsWhatItMayName(string tool, string field, string code, string helps) =>
        Refusal(tool, KinoraException.Invalid([new Fault("size", "Too large."), new Fault(field, "No.", code)])).ShouldEndWith($" {helps} shows what there is.");

    [Theory]
    [InlineData("get_image_status", ErrorCodes.NotFound)]
    [InlineData("edit_image", ErrorCodes.NotFound)]
    [InlineData("promote_image_to_session", ErrorCodes.FileNotFound)]
    [InlineData("close_session", ErrorCodes.SessionClosed)]
    [InlineData("remix_video", ErrorCodes.ModelNotFound)]
    public void FaultThatNoListHelpsWith_NamesNone(string tool, string code) =>
        Specs.ShouldNotContain(s => Refusal(tool, new KinoraException(code, "No.")).Contains(s.Name));

    [Fact]
    public void ToolThatIsNotOffered_IsNotNamed() =>
        Text(McpErrors.ToResult(KinoraException.NotFound("video"), Spec("remix_video"), _ => false)).ShouldBe("video_id: There is no video with that id.");

    [Fact]
    public void EveryToolThatIsNamed_IsThere()
    {
        var named = Specs.SelectMany(s => s.Params).OfType<TextParam>().Select(p => p.FoundBy?.Tool).OfType<string>().Distinct();

        named.ShouldBe(["list_models", "list_references", "list_videos", "list_active_sessions"], ignoreOrder: true);
        named.ShouldBeSubsetOf(Specs.Select(s => s.Name));
    }

    private static ToolSpec Spec(string tool) => Specs.Single(s => s.Name == tool);

    private static string Refusal(string tool, KinoraException fault) => Text(McpErrors.ToResult(fault, Spec(tool), _ => true));

    private static string Text(CallToolResult result) => result.Content.OfType<TextContentBlock>().Single().Text;
}
