using Kinora.Server.Tests.Api.Flows;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Gateway;

/// <summary>The official Node client, unchanged but for the base URL, with the videos of <c>kinora serve</c>.</summary>
public sealed class NodeVideoTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Creates_InEveryForm_AreMadeAsAsked()
    {
        await using var scene = await GatewayScene.StartAsync();

        var said = await scene.RunAsync("gateway-videos.mjs", GatewayScene.Animatic, []);

        using var user = new ApiClient(scene.BaseUrl.ToString(), scene.Key);
        var film = await user.GetAsync($"/v1/videos/{said.GetProperty("referenced").GetString()}/content");
        var (drawn, given) = (await ForeignFilm.FirstFrameAsync(film.Bytes, 320, 180), await ForeignFilm.PixelsAsync(said.GetProperty("picture").GetBytesFromBase64(), 320, 180));
        ForeignFilm.Likeness(drawn, given).ShouldBeGreaterThan(ForeignFilm.SamePicture);
    }

    [Fact]
    public async Task Films_AreFetchedRemixedEditedExtendedAndDeleted()
    {
        await using var scene = await GatewayScene.StartAsync();

        await scene.RunAsync("gateway-films.mjs", GatewayScene.Animatic, ["-edit-upload"]);
    }

    /// <summary>Uploads go to servers that take them, which the built-in renderer is not.</summary>
    [Fact]
    public async Task Films_OfAServer_AreEditedAlsoFromAFile()
    {
        await using var scene = await GatewayScene.StartAsync(lab => [GatewayScene.LabVideos(lab)]);

        await scene.RunAsync("gateway-films.mjs", "lab/lab-video", ["-characters", "size=720x1280"]);
    }

    [Fact]
    public async Task Refusals_AreTheClientsOwnErrors()
    {
        await using var scene = await GatewayScene.StartAsync(lab => [GatewayScene.LabVideos(lab)]);

        await scene.RunAsync(
            "gateway-errors.mjs", GatewayScene.Animatic, [], ("READ_KEY", await scene.KeyAsync("ann", "read")), ("POOR_KEY", await scene.PoorKeyAsync()));

        scene.Lab.Ledger.Creates.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lists_ShowEachJobOnce()
    {
        await using var scene = await GatewayScene.StartAsync(lab => [GatewayScene.LabVideos(lab)]);

        await scene.RunAsync("gateway-paging.mjs", "lab/lab-video", []);
    }

    [Theory]
    [InlineData(GatewayScene.Animatic)]
    [InlineData("lab/lab-video")]
    public async Task SentAgain_ByTheClientItself_IsOneJobPaidOnce(string model)
    {
        var real = model != GatewayScene.Animatic;
        await using var scene = await GatewayScene.StartAsync(lab => real ? [GatewayScene.LabVideos(lab)] : []);

        var said = await scene.RunAsync("gateway-retries.mjs", model, ["-edit-upload"]);

        scene.Lab.Ledger.Creates.Count.ShouldBe(real ? said.GetProperty("jobs").GetInt32() : 0);
    }

    [Fact]
    public async Task TooManyCreates_AreToldWhenToComeAgain()
    {
        await using var scene = await GatewayScene.StartAsync(createsPerMinute: 2);

        await scene.RunAsync("gateway-limit.mjs", GatewayScene.Animatic, ["allowed=2"]);
    }
}
