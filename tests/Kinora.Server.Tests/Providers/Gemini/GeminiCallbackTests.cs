using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kinora.Adapters.Providers.Gemini;
using Kinora.Providers;
using Kinora.Server.Tests.Providers.OpenAiImages;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Gemini;

/// <summary>Callbacks with a token, whose public key stands where Google's do.</summary>
public sealed class GeminiCallbackTests : IDisposable
{
    private const string Head = """{"alg":"RS256","kid":"1","typ":"JWT"}""";
    private const long SentAt = 1_795_305_600; // 2026-11-22T00:00:00Z
    private static readonly string Claims = $$"""{"iss":"https://generativelanguage.googleapis.com","iat":{{SentAt}},"exp":{{SentAt + 600}}}""";

    private readonly RSA _google = RSA.Create(2048);
    private readonly RSA _other = RSA.Create(2048);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _google.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(299)]
    [InlineData(-299)]
    public async Task Judge_Genuine_IsALookAlsoTheSecondTime(int later)
    {
        await using var google = await PublishAsync(_other, _google);
        var provider = Connect(google.BaseUrl, later);

        (await provider.JudgeAsync(Call(Token(_google)), Cancel)).ShouldBeOfType<CallbackVerdict.Look>();
        (await provider.JudgeAsync(Call(Token(_google)), Cancel)).ShouldBeOfType<CallbackVerdict.Look>();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(-301)]
    [InlineData(31_536_000)]
    public async Task Judge_SentTooLongAgoOrAhead_IsForged(int later) => await ForgedAsync(Call(Token(_google)), later);

    [Fact]
    public async Task Judge_TokenOfAnotherTime_IsForged()
    {
        await ForgedAsync(Call(Token(_google, claims: $$"""{"exp":{{SentAt - 301}}}""")));
        await ForgedAsync(Call(Token(_google, claims: $$"""{"iat":{{SentAt + 301}}}""")));
    }

    [Fact]
    public async Task Judge_SignedBySomebodyElse_IsForged() => await ForgedAsync(Call(Token(_other)));

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"HS256"}""")]
    [InlineData("""{"alg":"rs256"}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    public async Task Judge_SignedAnotherWay_IsForged(string head) => await ForgedAsync(Call(Token(_google, head)));

    [Fact]
    public async Task Judge_ChangedToken_IsForged()
    {
        var parts = Token(_google).Split('.');
        await ForgedAsync(Call($"{parts[0]}.{Encoded(Claims.Replace("600", "601", StringComparison.Ordinal))}.{parts[2]}"));
        await ForgedAsync(Call($"{parts[0]}.{parts[1]}."));
        await ForgedAsync(Call($"{parts[0]}.{parts[1]}"));
        await ForgedAsync(Call($"{parts[0]}.{parts[1]}.{parts[2]}.{parts[2]}"));
        await ForgedAsync(Call($"{parts[0]}.{parts[1]}.%%%"));
        await ForgedAsync(Call(new string('a', 20_000)));
    }

    [Theory]
    [InlineData("webhook-signature")]
    [InlineData("webhook-timestamp")]
    public async Task Judge_MissingHeader_IsForged(string name)
    {
        var call = Call(Token(_google));
        await ForgedAsync(call with { Headers = call.Headers.Where(header => header.Key != name).ToDictionary() });
    }

    [Fact]
    public async Task Judge_NoKeysToBeHad_IsALook()
    {
        await using var nothing = await OneAnswer.StartAsync(new JsonObject { ["keys"] = new JsonArray() });
        (await Connect(nothing.BaseUrl, 0).JudgeAsync(Call(Token(_other)), Cancel)).ShouldBeOfType<CallbackVerdict.Look>();
    }

    [Fact]
    public async Task Judge_PublishedKeyTooShortToProveAnything_IsNotUsed()
    {
        using var small = RSA.Create(1024);
        await using var google = await PublishAsync(small, _google);

        (await Connect(google.BaseUrl, 0).JudgeAsync(Call(Token(small)), Cancel)).ShouldBeOfType<CallbackVerdict.Forged>();
    }

    private async Task ForgedAsync(CallbackMessage call, int later = 0)
    {
        await using var google = await PublishAsync(_google);
        (await Connect(google.BaseUrl, later).JudgeAsync(call, Cancel)).ShouldBeOfType<CallbackVerdict.Forged>();
    }

    private static Task<OneAnswer> PublishAsync(params RSA[] keys) => OneAnswer.StartAsync(new JsonObject
    {
        ["keys"] = new JsonArray([.. keys.Select(key => key.ExportParameters(false)).Select(key => new JsonObject
        {
            ["kty"] = "RSA",
            ["alg"] = "RS256",
            ["use"] = "sig",
            ["n"] = Base64Url.EncodeToString(key.Modulus),
            ["e"] = Base64Url.EncodeToString(key.Exponent),
        })]),
    });

    private static ICallbackProvider Connect(Uri google, int later)
    {
        var settings = new ProviderSettings { Name = "lab", Kind = "gemini", BaseUrl = google, ApiKey = "key" };
        var now = DateTimeOffset.FromUnixTimeSeconds(SentAt + later).ToString("O", CultureInfo.InvariantCulture);
        return (ICallbackProvider)new GeminiModule().Create(settings, new ClockAlone(new DayClock(now)));
    }

    private static CallbackMessage Call(string token) => new(
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["webhook-id"] = "msg_1",
            ["webhook-timestamp"] = SentAt.ToString(CultureInfo.InvariantCulture),
            ["webhook-signature"] = token,
        },
        """{"type":"interaction.completed","version":"v1","data":{"id":"1"}}"""u8.ToArray());

    private static string Token(RSA key, string head = Head, string? claims = null)
    {
        var signed = $"{Encoded(head)}.{Encoded(claims ?? Claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
