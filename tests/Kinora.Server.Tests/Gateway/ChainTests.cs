using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Gateway;

/// <summary>One Kinora makes the videos of another through its gateway, as if it were OpenAI: the same programs pass in front of both.</summary>
public sealed class ChainTests
{
    private const string Model = "far/animatic/storyboard";

    /// <param name="script">A program of the suite.</param>
    /// <param name="lacking">What the far model cannot be asked for through the shape of OpenAI, and what one Kinora alone shows as well.</param>
    [Theory]
    [InlineData("gateway-videos.mjs", "-seed", "-all-sizes")]
    [InlineData("gateway-films.mjs", "-characters", "-edit-upload")]
    [InlineData("gateway-retries.mjs", "-edit-upload")]
    public async Task AVideo_OfAKinoraBehindAKinora_IsAsAnyOther(string script, params string[] lacking)
    {
        await using var far = await GatewayScene.StartAsync();
        await using var near = await GatewayScene.StartAsync(_ => [new Upstream("far", "openai-videos", "openai", far.BaseUrl, far.Key) { Model = "animatic/storyboard" }]);

        await near.RunAsync(script, Model, lacking);
    }

    [Fact]
    public async Task AVideo_OfALabBehindTwoKinoras_IsPaidOnce()
    {
        await using var far = await GatewayScene.StartAsync(lab => [GatewayScene.LabVideos(lab)]);
        await using var near = await GatewayScene.StartAsync(_ => [new Upstream("far", "openai-videos", "openai", far.BaseUrl, far.Key) { Model = "lab/lab-video" }]);

        var said = await near.RunAsync("gateway-dialect.mjs", "far/lab/lab-video", []);

        far.Lab.Ledger.Creates.Count.ShouldBe(said.GetProperty("creates").GetInt32());
    }
}
