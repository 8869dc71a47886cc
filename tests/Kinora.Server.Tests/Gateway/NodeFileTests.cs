using Xunit;

namespace Kinora.Server.Tests.Gateway;

/// <summary>Models and uploaded files by the official Node client.</summary>
public sealed class NodeFileTests
{
    [Fact]
    public async Task ModelsAndFiles_AreListedAndUsed()
    {
        await using var scene = await GatewayScene.StartAsync();

        await scene.RunAsync("gateway-files.mjs", GatewayScene.Animatic, []);
    }
}
