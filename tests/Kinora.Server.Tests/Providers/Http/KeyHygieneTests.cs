using Kinora.Adapters.Providers.Http;
using Kinora.Providers;
using Kinora.Server.Lab;
using Shouldly;
using Xunit;
using Endpoint = Kinora.Adapters.Providers.Http.Endpoint;

namespace Kinora.Server.Tests.Providers.Http;

/// <summary>The key goes to the configured scheme, host and port and nowhere else.</summary>
public sealed class KeyHygieneTests
{
    private const string Key = "sk-lab-0123456789";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_RedirectedAway_LeavesTheKeyAtHome()
    {
        await using var home = await LabServer.StartAsync(cancel: Cancel);
        await using var away = await LabServer.StartAsync(cancel: Cancel);
        home.PlayAlways($"redirect:{away.BaseUrl}dynamo/v1/models");
        using var files = Fetcher(home, isPublic: true);

        await files.OpenAsync($"{home.BaseUrl}dynamo/v1/models", 0, null, Cancel);

        home.Traffic.Requests.ShouldHaveSingleItem().Key.ShouldNotBeNull();
        away.Traffic.Requests.ShouldHaveSingleItem().Key.ShouldBeNull();
    }

    [Fact]
    public async Task Open_RedirectedAwayAndBack_DoesNotTakeTheKeyUpAgain()
    {
        await using var home = await LabServer.StartAsync(cancel: Cancel);
        await using var away = await LabServer.StartAsync(cancel: Cancel);
        home.PlayAlways($"redirect:{away.BaseUrl}dynamo/v1/models");
        away.PlayAlways($"redirect:{home.BaseUrl}dynamo/v1/models?back");
        using var files = Fetcher(home, isPublic: true);

        (await files.OpenAsync($"{home.BaseUrl}dynamo/v1/models", 0, null, Cancel)).ShouldBeOfType<OpenOutcome.Refused>();

        home.Traffic.Requests[0].Key.ShouldNotBeNull();
        home.Traffic.Requests[1].Key.ShouldBeNull();
        away.Traffic.Requests.ShouldAllBe(request => request.Key == null);
    }

    [Fact]
    public async Task Open_PrivateAddressOfAnother_IsNeverConnected()
    {
        await using var home = await LabServer.StartAsync(cancel: Cancel);
        await using var away = await LabServer.StartAsync(cancel: Cancel);
        home.PlayAlways($"redirect:{away.BaseUrl}dynamo/v1/models");
        using var files = Fetcher(home, isPublic: false);

        (await files.OpenAsync($"{home.BaseUrl}dynamo/v1/models", 0, null, Cancel)).ShouldBeOfType<OpenOutcome.Refused>();

        away.Traffic.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://127.0.0.1:4010/v1/x", true)]
    [InlineData("http://127.0.0.1:4011/v1/x", false)]
    [InlineData("https://127.0.0.1:4010/v1/x", false)]
    [InlineData("http://localhost:4010/v1/x", false)]
    [InlineData("http://127.0.0.1.nip.io:4010/v1/x", false)]
    [InlineData("http://127.0.0.1:4010@evil.example/v1/x", false)]
    public void Authorize_OnlyAtHome(string url, bool expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);

        new Endpoint(new Uri("http://127.0.0.1:4010/v1"), Key).Authorize(request);

        request.Headers.Contains("Authorization").ShouldBe(expected);
    }

    [Theory]
    [InlineData("http://h/v1", "/videos", "http://h/v1/videos")]
    [InlineData("http://h/v1/", "/videos?a=1", "http://h/v1/videos?a=1")]
    [InlineData("http://h/v1?api-version=2", "/videos?a=1", "http://h/v1/videos?api-version=2&a=1")]
    [InlineData("http://h/v1", "/videos/sora-2%3Atask_1/content", "http://h/v1/videos/sora-2%3Atask_1/content")]
    public void At_AppendsToTheBase(string home, string path, string expected) =>
        new Endpoint(new Uri(home), null).At(path).AbsoluteUri.ShouldBe(expected);

    private static FileFetcher Fetcher(LabServer home, bool isPublic) =>
        new("lab", new Endpoint(new Uri(home.BaseUrl, "/dynamo/v1"), Key), TimeProvider.System, TimeSpan.FromSeconds(2), isPublic ? _ => true : null);
}
