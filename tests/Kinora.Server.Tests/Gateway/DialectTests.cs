using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Gateway;

/// <summary>One server of the product with every kind of video server behind it.</summary>
public sealed class DialectScene : IAsyncLifetime
{
    internal static readonly (string Dialect, string Shape)[] All =
    [
        ("openai", "openai"), ("vllm-omni", "vllm-omni"), ("sglang", "sglang"), ("trtllm", "trtllm"), ("litellm", "litellm"), ("new-api", "new-api"), ("juxin", "juxin"), ("generic", "dynamo"),
    ];

    internal GatewayScene Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Gateway = await GatewayScene.StartAsync(lab => All.Select(one => GatewayScene.LabVideos(lab, one.Dialect, one.Shape, one.Dialect)));

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}

/// <summary>The official Node client sees no difference between the servers that make its videos, but in what their models can do.</summary>
public sealed class DialectTests(DialectScene scene) : IClassFixture<DialectScene>
{
    [Theory]
    [InlineData("openai")]
    [InlineData("vllm-omni", "-remix")]
    [InlineData("sglang", "-remix")]
    [InlineData("trtllm", "-remix")]
    [InlineData("litellm")]
    [InlineData("new-api")]
    [InlineData("juxin", "size=1280x720", "seconds=10")]
    [InlineData("generic", "-remix")]
    public async Task AVideo_OfEachDialect_IsMadeOncePaidOnceAndFetched(string dialect, params string[] words)
    {
        var said = await scene.Gateway.RunAsync("gateway-dialect.mjs", dialect + "/lab-video", words);

        var shape = "openai-videos/" + DialectScene.All.Single(one => one.Dialect == dialect).Shape;
        scene.Gateway.Lab.Ledger.Creates.Count(create => create.Shape == shape).ShouldBe(said.GetProperty("creates").GetInt32());
    }
}
