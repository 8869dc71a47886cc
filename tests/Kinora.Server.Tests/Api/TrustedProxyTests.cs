using System.Globalization;
using System.Net;
using Kinora.Server.Tests.Commands;
using Kinora.Server.Tests.Mcp;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api;

/// <summary>A proxy that the operator has named is believed about its clients; a client that plays proxy is not.</summary>
public sealed class TrustedProxyTests : IAsyncLifetime
{
    /// <summary>More tries than one address has at once.</summary>
    private const int Many = 34;

    private readonly KinoraProgram _kinora = new();
    private readonly ServedProduct _served;

    public TrustedProxyTests()
    {
        _kinora.Environment["KINORA__Server__TrustedProxies"] = "127.0.0.9, 192.0.2.0/24,::1";
        _served = new ServedProduct(_kinora);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _served.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _served.DisposeAsync();
        _kinora.Dispose();
    }

    [Fact]
    public async Task ItsClients_AreCountedEachByItself_WhateverTheySayOfThemselves()
    {
        using var proxy = OtherAddress.Client("127.0.0.9");
        for (var i = 0; i < Many; i++)
        {
            // The proxy adds its peer behind what the client claims; another of the operator's proxies may stand between.
            await TryAsync(proxy, FormattableString.Invariant($"10.9.9.{i}, 10.0.1.1, 192.0.2.7"));
        }

        (await TryAsync(proxy, "10.8.8.8, 10.0.1.1")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await TryAsync(proxy, "10.0.1.2")).ShouldBe(HttpStatusCode.Unauthorized);
        (await TryAsync(proxy, "no address")).ShouldBe(HttpStatusCode.Unauthorized, "then it is the proxy's own");
    }

    [Fact]
    public async Task SomebodyElse_IsNotBelieved()
    {
        using var foe = OtherAddress.Client("127.0.0.4");
        var last = HttpStatusCode.OK;
        for (var i = 0; i < Many; i++)
        {
            last = await TryAsync(foe, FormattableString.Invariant($"10.0.2.{i}"));
        }

        last.ShouldBe(HttpStatusCode.TooManyRequests);
        (await ResourceAsync(foe)).ShouldStartWith("http://");
    }

    [Fact]
    public async Task ItsScheme_IsThatOfTheServersOwnAddresses()
    {
        using var proxy = OtherAddress.Client("127.0.0.9");

        (await ResourceAsync(proxy)).ShouldStartWith("https://");
    }

    [Theory]
    [InlineData("10.0.0.0/40")]
    [InlineData("proxy.example")]
    [InlineData("127.0.0.1; 10.0.0.1")]
    public async Task WhatIsNoAddress_IsTold(string text)
    {
        var run = await _kinora.RunAsync(["serve", "--urls", "http://127.0.0.1:0"], null, ("KINORA__Server__TrustedProxies", text));

        run.ExitCode.ShouldNotBe(0);
        run.Error.ShouldContain($"Server:TrustedProxies: \"{text}\" is neither an address");
    }

    private async Task<HttpStatusCode> TryAsync(HttpClient client, string forwarded)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(_served.Url), "/api/auth/login"))
        {
            Content = JsonContent.Create(new { username = "n" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..12], password = "a guess of mine" }),
        };
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwarded);
        using var reply = await client.SendAsync(request, Cancel);
        return reply.StatusCode;
    }

    private async Task<string> ResourceAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(_served.Url), "/.well-known/oauth-protected-resource/mcp"));
        request.Headers.Add("X-Forwarded-For", "10.0.1.9");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var reply = await client.SendAsync(request, Cancel);
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await reply.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(Cancel)).GetProperty("resource").GetString()!;
    }
}
