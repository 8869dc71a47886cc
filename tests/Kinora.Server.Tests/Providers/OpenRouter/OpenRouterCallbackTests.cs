using System.Text;
using Kinora.Adapters.Providers.OpenRouter;
using Kinora.Providers;
using Kinora.Server.Tests.Providers.OpenAiImages;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.OpenRouter;

/// <summary>Callbacks signed with a workspace's secret; the signature was made with openssl.</summary>
public sealed class OpenRouterCallbackTests
{
    private const string Body = """{"type":"video.generation.completed","data":{"id":"job-1","status":"completed"}}""";
    private const string Signature = "2ed7604474104a4615f4a6656ccd23d2480e8a8b34aa3e7da4179962f3274668";
    private const string Genuine = "t=1795305600,v1=" + Signature;
    private const string SentAt = "2026-11-22T00:00:00Z";

    [Theory]
    [InlineData(Genuine)]
    [InlineData("t=1795305600, v1=00, v1=" + Signature)]
    [InlineData("v1=" + Signature + ",t=1795305600")]
    public async Task Judge_Genuine_IsALook(string header) => (await JudgeAsync(header)).ShouldBeOfType<CallbackVerdict.Look>();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("v1=" + Signature)]
    [InlineData("t=1795305600")]
    [InlineData("t=1795305601,v1=" + Signature)]
    [InlineData("t=-1795305600,v1=" + Signature)]
    [InlineData("t=1795305600,v0=" + Signature)]
    [InlineData("t=1795305600,v1=aeec543624cab4998ac7039aad4dc23b0cf22594b4fd6038ef0ebf3c0adfbfc7")]
    [InlineData("t=1795305600,v1=")]
    public async Task Judge_MissingOrWrongSignature_IsForged(string? header) => (await JudgeAsync(header)).ShouldBeOfType<CallbackVerdict.Forged>();

    [Fact]
    public async Task Judge_ChangedBody_IsForged() => (await JudgeAsync(Genuine, body: Body.Replace("completed", "failed", StringComparison.Ordinal))).ShouldBeOfType<CallbackVerdict.Forged>();

    [Fact]
    public async Task Judge_SecretOfAnotherWorkspace_IsForged() => (await JudgeAsync(Genuine, secret: "another")).ShouldBeOfType<CallbackVerdict.Forged>();

    [Theory]
    [InlineData("2026-11-22T00:04:59Z", true)]
    [InlineData("2026-11-22T00:05:01Z", false)]
    [InlineData("2026-11-21T23:54:59Z", false)]
    [InlineData("2027-11-22T00:00:00Z", false)]
    public async Task Judge_SentTooLongAgoOrAhead_IsForged(string now, bool isGenuine) => ((await JudgeAsync(Genuine, now: now)) is CallbackVerdict.Look).ShouldBe(isGenuine);

    [Theory]
    [InlineData(null)]
    [InlineData("t=1795305600,v1=00")]
    public async Task Judge_SecretIsNotKnownHere_IsALook(string? header) => (await JudgeAsync(header, secret: null)).ShouldBeOfType<CallbackVerdict.Look>();

    private static async Task<CallbackVerdict> JudgeAsync(string? header, string body = Body, string? secret = "whsec-of-a-workspace", string now = SentAt)
    {
        var module = new OpenRouterModule();
        var settings = new ProviderSettings
        {
            Name = "lab",
            Kind = "openrouter",
            ApiKey = "key",
            Extra = secret is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["WebhookSecret"] = secret },
        };
        module.Check(settings).ShouldBeEmpty();
        var headers = header is null ? [] : new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-openrouter-signature"] = header };
        return await ((ICallbackProvider)module.Create(settings, new ClockAlone(new DayClock(now)))).JudgeAsync(new CallbackMessage(headers, Encoding.UTF8.GetBytes(body)), TestContext.Current.CancellationToken);
    }
}
