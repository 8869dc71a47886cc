using System.Text;
using Kinora.Adapters.Providers.Fal;
using Kinora.Providers;
using Kinora.Server.Lab;
using Kinora.Server.Tests.Providers.OpenAiImages;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Fal;

/// <summary>Callbacks signed with the key of RFC 8032, 7.1, test 1, whose public half the lab publishes.</summary>
public sealed class FalCallbackTests : IAsyncLifetime
{
    private const string Body = """{"request_id":"0b1e1c5e-3a52-4a4c-9c0b-6f1d6f6d2f10","status":"OK","payload":{}}""";
    private const string SentAt = "2026-11-22T00:00:00Z";
    private const string Signature =
        "013cf4424259a7544a3b1405748ac5dcff2b451d1b4287ac9c21011b70336a036bf47b8e6d9ce792bcc8596372fe92acf89443fd5f9781d0c06b4dd6bbdc1f02";

    private LabServer _lab = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _lab = await LabServer.StartAsync();

    public async ValueTask DisposeAsync() => await _lab.DisposeAsync();

    [Fact]
    public async Task Judge_Genuine_IsALookAlsoTheSecondTime()
    {
        var provider = Connect("2026-11-22T00:04:59Z");
        _lab.Traffic.Requests.ShouldBeEmpty("keys are fetched when the first call comes");

        (await provider.JudgeAsync(Call(), Cancel)).ShouldBeOfType<CallbackVerdict.Look>();
        (await provider.JudgeAsync(Call(), Cancel)).ShouldBeOfType<CallbackVerdict.Look>();

        var asked = _lab.Traffic.Requests.ShouldHaveSingleItem("keys are kept");
        asked.Path.ShouldBe("/lab/keys/fal");
        asked.Key.ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-11-22T00:05:01Z")]
    [InlineData("2026-11-21T23:54:59Z")]
    [InlineData("2027-11-22T00:00:00Z")]
    public async Task Judge_SentTooLongAgoOrAhead_IsForged(string now) =>
        (await Connect(now).JudgeAsync(Call(), Cancel)).ShouldBeOfType<CallbackVerdict.Forged>();

    [Theory]
    [InlineData("X-Fal-Webhook-Request-Id", "another")]
    [InlineData("X-Fal-Webhook-User-Id", "user-2")]
    [InlineData("X-Fal-Webhook-Timestamp", "1795305601")]
    [InlineData("X-Fal-Webhook-Timestamp", "-1")]
    [InlineData("X-Fal-Webhook-Timestamp", "soon")]
    [InlineData("X-Fal-Webhook-Signature", "00")]
    [InlineData("X-Fal-Webhook-Signature", "zz3cf4424259a7544a3b1405748ac5dcff2b451d1b4287ac9c21011b70336a036bf47b8e6d9ce792bcc8596372fe92acf89443fd5f9781d0c06b4dd6bbdc1f02")]
    [InlineData("X-Fal-Webhook-Signature", null)]
    [InlineData("X-Fal-Webhook-User-Id", null)]
    public async Task Judge_ChangedHeader_IsForged(string name, string? value) =>
        (await Connect(SentAt).JudgeAsync(Call(change: (name, value)), Cancel)).ShouldBeOfType<CallbackVerdict.Forged>();

    [Fact]
    public async Task Judge_ChangedBody_IsForged() =>
        (await Connect(SentAt).JudgeAsync(Call(Body.Replace("OK", "ERROR", StringComparison.Ordinal)), Cancel)).ShouldBeOfType<CallbackVerdict.Forged>();

    [Theory]
    [InlineData("/lab/keys/nowhere")]
    [InlineData("/lab")]
    public async Task Judge_NoKeysToBeHad_IsALook(string keys) =>
        (await Connect(SentAt, keys).JudgeAsync(Call(), Cancel)).ShouldBeOfType<CallbackVerdict.Look>();

    [Fact]
    public async Task Judge_KeysAtAPrivateAddress_AreNotFetched()
    {
        await using var other = await LabServer.StartAsync();
        var provider = Connect(SentAt, new Uri(other.BaseUrl, "/lab/keys/fal").AbsoluteUri);

        (await provider.JudgeAsync(Call(Body + " "), Cancel)).ShouldBeOfType<CallbackVerdict.Look>();

        other.Traffic.Requests.ShouldBeEmpty();
    }

    private ICallbackProvider Connect(string now, string keys = "/lab/keys/fal")
    {
        var settings = new ProviderSettings
        {
            Name = "lab",
            Kind = "fal",
            BaseUrl = new Uri(_lab.BaseUrl, "/fal"),
            ApiKey = "key",
            Extra = new Dictionary<string, string> { ["JwksUrl"] = new Uri(_lab.BaseUrl, keys).AbsoluteUri },
        };
        new FalModule().Check(settings).ShouldBeEmpty();
        return (ICallbackProvider)new FalModule().Create(settings, new ClockAlone(new DayClock(now)));
    }

    private static CallbackMessage Call(string body = Body, (string Name, string? Value)? change = null)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["x-fal-webhook-request-id"] = "0b1e1c5e-3a52-4a4c-9c0b-6f1d6f6d2f10",
            ["x-fal-webhook-user-id"] = "user-1",
            ["x-fal-webhook-timestamp"] = "1795305600",
            ["x-fal-webhook-signature"] = Signature,
        };
        if (change is { } other)
        {
            headers.Remove(other.Name);
            if (other.Value is { } value)
            {
                headers[other.Name] = value;
            }
        }

        return new CallbackMessage(headers, Encoding.UTF8.GetBytes(body));
    }
}
