using Kinora.Server.Tests.Webhooks;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api;

/// <summary>Files that a caller can make the server send.</summary>
public sealed class FileHeaderTests(ApiScene scene) : IClassFixture<ApiScene>
{
    private const string Videos = "/api/videos";

    [Fact]
    public async Task FilesOfAVideo_HaveHeadersUnderWhichNoBrowserTakesThemForAPage()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var things = await OwnedThings.MakeAsync(scene, await scene.AddUserAsync(), receiver);
        foreach (var (path, type) in ((string, string)[])
        [
            ($"{Videos}/{things.Ids[OwnedThings.Video]}/content", "video/mp4"), ($"{Videos}/{things.Ids[OwnedThings.Video]}/content?variant=thumbnail", "image/webp"),
            ($"/api/images/{things.Ids[OwnedThings.Image]}/content", "image/png"), ($"/media/{things.Ids["/media/{link}"]}", "video/mp4"),
        ])
        {
            var reply = await scene.GetAsync(path, path.StartsWith("/media", StringComparison.Ordinal) ? null : things.Token);
            reply.Status.ShouldBe(200, path);
            reply.Headers["Content-Type"].ShouldBe(type);
            reply.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
            reply.Headers["Content-Security-Policy"].ShouldContain("sandbox");
            reply.Headers["Content-Disposition"].ShouldMatch("^inline; filename=\"(video|image)_[0-9a-f]{32}[a-z0-9-]*\\.[a-z0-9]+\"$");
            (await scene.GetAsync(path, things.Token, ("Range", "bytes=0-3"))).Status.ShouldBe(206);
            (await scene.GetAsync(path, things.Token, ("Range", "bytes=99999999-"))).Status.ShouldBe(416);
            (await scene.GetAsync(path, things.Token, ("If-None-Match", reply.Headers["ETag"]))).Status.ShouldBe(304);
            var head = await scene.SendAsync("HEAD", path, things.Token, (string?)null);
            (head.Status, head.Headers["Content-Length"], head.Body.Length).ShouldBe((200, reply.Headers["Content-Length"], 0));
        }
    }
}
