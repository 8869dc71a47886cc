using Kinora.Server.Tests.Commands;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp.Clients;

/// <summary>The official Inspector lists and calls the tools in both eras of the protocol, and its strict view of their schemas finds nothing.</summary>
public abstract class InspectorTests
{
    private protected abstract KinoraProgram Kinora { get; }

    [Theory]
    [InlineData("legacy", "")]
    [InlineData("modern", "")]
    [InlineData("legacy", "--toolsets all")]
    [InlineData("modern", "--toolsets all")]
    [InlineData("legacy", "--read-only")]
    [InlineData("modern", "--read-only")]
    public async Task Tools_AreListed_AndTheirSchemasSuitEveryClient(string era, string flags)
    {
        var names = await Inspector.ToolsAsync(await TargetAsync(flags), era, Kinora.Work);

        names.ShouldContain("get_video_status");
        names.Contains("create_video").ShouldBe(flags != "--read-only");
        names.Contains("list_models").ShouldBe(flags == "--toolsets all");
    }

    [Theory]
    [InlineData("legacy", "sora2-mcp", "create_video")]
    [InlineData("modern", "sora2-mcp", "create_video")]
    [InlineData("legacy", "sora-mcp-server", "sora_prepare_reference")]
    [InlineData("modern", "sora-mcp-server", "sora_prepare_reference")]
    [InlineData("legacy", "openai-image-mcp", "promote_image_to_session")]
    [InlineData("modern", "openai-image-mcp", "promote_image_to_session")]
    public async Task Profile_IsListed_AndItsSchemasSuitEveryClient(string era, string profile, string tool) =>
        (await Inspector.ToolsAsync(await TargetAsync("--profile " + profile), era, Kinora.Work)).ShouldContain(tool);

    [Theory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task Video_IsStarted(string era) =>
        (await Inspector.CreateAsync(await TargetAsync(""), era, Kinora.Work)).ShouldStartWith("video_");

    /// <summary>What the Inspector is pointed at: Kinora, started with flags.</summary>
    private protected abstract Task<string[]> TargetAsync(string flags);
}

public sealed class InspectorOverStdioTests : InspectorTests, IDisposable
{
    private readonly KinoraProgram _kinora = new();

    private protected override KinoraProgram Kinora => _kinora;

    public void Dispose() => _kinora.Dispose();

    // The Inspector gives its servers little of its own environment.
    private protected override Task<string[]> TargetAsync(string flags) =>
        Task.FromResult<string[]>([KinoraProgram.Executable, "mcp", .. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-e", "KINORA_DATA=" + _kinora.Data]);
}

public sealed class InspectorOverHttpTests : InspectorTests, IAsyncLifetime
{
    private readonly ServedProduct _served = new();

    private protected override KinoraProgram Kinora => _served.Kinora;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _served.DisposeAsync();

    private protected override async Task<string[]> TargetAsync(string flags)
    {
        await _served.StartAsync(flags.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return [_served.Url, "--transport", "http"];
    }
}
