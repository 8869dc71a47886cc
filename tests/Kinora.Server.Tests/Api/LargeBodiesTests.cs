using Kinora.Assets;
using Kinora.Jobs;
using Kinora.Server.Api;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api;

/// <summary>Large bodies wait for their turn on disk.</summary>
public sealed class LargeBodiesTests(ApiScene scene) : IClassFixture<ApiScene>, IDisposable
{
    private readonly LargeBodies _bodies = new();

    public void Dispose() => _bodies.Dispose();

    [Fact]
    public async Task ThirdLargeBody_IsTakenFromTheWire_ButWaitsForItsTurn()
    {
        using var scratch = Scratch();
        var (first, second) = (await TakeAsync(2 << 20), await TakeAsync(2 << 20));
        first.ShouldNotBeNull();
        var body = Request(2 << 20);

        var third = _bodies.TakeAsync(body, scratch);
        while (body.Body is MemoryStream)
        {
            await Task.Yield();
        }

        third.IsCompleted.ShouldBeFalse();
        first.Dispose();
        first.Dispose();
        using var turn = await third;
        turn.ShouldNotBeNull();
        body.Body.Length.ShouldBe(2 << 20);
        var fourth = _bodies.TakeAsync(Request(2 << 20), Scratch());
        fourth.IsCompleted.ShouldBeFalse("a turn that is given back twice counts once");
        second!.Dispose();
        (await fourth)!.Dispose();
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(100, false)]
    public async Task SmallBody_NeedsNone(int bytes, bool told)
    {
        using var scratch = Scratch();
        var request = Request(bytes);
        request.ContentLength = told ? bytes : null;

        (await _bodies.TakeAsync(request, scratch)).ShouldBeNull();

        request.Body.Length.ShouldBe(bytes);
    }

    private Task<LargeBodies.Turn?> TakeAsync(int bytes) => _bodies.TakeAsync(Request(bytes), Scratch());

    private ScratchFiles Scratch() => new(scene.Host.Get<IAssetStore>(), new SystemRandomBytes());

    private static HttpRequest Request(int bytes) => new DefaultHttpContext { Request = { Body = new MemoryStream(new byte[bytes]), ContentLength = bytes } }.Request;
}
