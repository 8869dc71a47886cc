using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Gateway;

/// <summary>Pictures by the official Node client and by npm <c>ai</c>: as asked, each paid once.</summary>
public sealed class NodeImageTests
{
    private const string Model = "pictures/gpt-image-2";

    [Fact]
    public async Task Pictures_ByTheImagesApiAndInTheBackground_AreEachPaidOnce()
    {
        await using var scene = await GatewayScene.StartAsync(lab => [GatewayScene.LabPictures(lab)]);

        var said = await scene.RunAsync("gateway-images.mjs", Model, []);

        var creates = scene.Lab.Ledger.Creates;
        creates.Count.ShouldBe(said.GetProperty("creates").GetInt32());
        var merged = creates.Single(create => create.Files.Count == 17);
        merged.Files.Count(file => file.Field == "mask").ShouldBe(1);
        merged.Files.Select(file => file.Sha256).ShouldBeUnique();
    }

    [Theory]
    [InlineData(GatewayScene.Animatic, "inputs=1")]
    [InlineData(Model, "inputs=3")]
    public async Task Pictures_ByNpmAi_AreEachPaidOnce(string model, string inputs)
    {
        await using var scene = await GatewayScene.StartAsync(lab => [GatewayScene.LabPictures(lab)]);

        var said = await scene.RunAsync("gateway-ai.mjs", model, [inputs]);

        scene.Lab.Ledger.Creates.Count.ShouldBe(model == Model ? said.GetProperty("creates").GetInt32() : 0);
    }
}
