using System.Net;
using System.Text;
using System.Text.Json;
using Kinora.Adapters.Fetch;
using Kinora.Adapters.Providers.Http;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Http;

/// <summary>The small rules all providers share, as tables.</summary>
public sealed class RulesTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("7", 7.0)]
    [InlineData("1.5", 1.5)]
    [InlineData("0", 0.0)]
    [InlineData(" 30 ", 30.0)]
    [InlineData("99999999999999999999999", 900.0)]
    [InlineData("Sat, 21 Nov 2026 12:00:20 GMT", 20.0)]
    [InlineData("Sat, 21 Nov 2026 11:00:00 GMT", 0.0)]
    [InlineData("Fri, 21 Nov 2036 12:00:00 GMT", 900.0)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData("NaN", null)]
    [InlineData("", null)]
    public void RetryAfter_Reads(string value, double? seconds)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", value);

        RetryAfter.Read(response.Headers, new StoppedClock(_now))?.TotalSeconds.ShouldBe(seconds!.Value);
        (RetryAfter.Read(response.Headers, new StoppedClock(_now)) is null).ShouldBe(seconds is null);
    }

    [Fact]
    public void RetryAfter_MillisecondsWin()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", "7");
        response.Headers.TryAddWithoutValidation("retry-after-ms", "250");
        response.Headers.TryAddWithoutValidation("openai-poll-after-ms", "4000");

        RetryAfter.Read(response.Headers, TimeProvider.System).ShouldBe(TimeSpan.FromSeconds(0.25));
        RetryAfter.NextLook(response.Headers, TimeProvider.System).ShouldBe(TimeSpan.FromSeconds(4));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("198.19.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("168.63.129.16", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:53aa:64c::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    public void Address_OfAResult_IsPublic(string address, bool expected) => PublicAddress.IsPublicTranslated(IPAddress.Parse(address)).ShouldBe(expected);

    [Theory]
    [InlineData("""{"error":{"message":"M","type":"T","param":null,"code":"C"}}""", "c t", "M")]
    [InlineData("""{"error":{"message":"M","code":1303}}""", "1303", "M")]
    [InlineData("""{"error":"M"}""", "", "M")]
    [InlineData("""{"detail":"M"}""", "", "M")]
    [InlineData("""{"detail":[{"loc":["body","prompt"],"msg":"M"},{"msg":"N"}]}""", "", "body.prompt: M; N")]
    [InlineData("""{"code":"C","message":"M"}""", "c", "M")]
    [InlineData("""{"id":"x","status":"failed","fail_reason":"M"}""", "", "M")]
    [InlineData("""{"error":{"message":"M","message_zh":"Z","type":"T"}}""", "t", "M")]
    [InlineData("""{"error":null,"error_message":"M"}""", "", "M")]
    [InlineData("""{"error":{"message":"\ud800","code":"C"}}""", "c", "c")]
    [InlineData("""{"error":"\ud800","message":"M","\ud800":1}""", "", "M")]
    [InlineData("""{"error":"M","node_errors":{"\ud800":{},"4":{"class_type":"K","errors":[5,{"message":"N"}]}}}""", "", "M; node 4 (K): , N")]
    [InlineData("""{"id":"x"}""", null, null)]
    [InlineData("""[1]""", null, null)]
    public void Error_IsReadInAnyForm(string json, string? code, string? text)
    {
        var error = ProviderError.Read(JsonDocument.Parse(json).RootElement);

        (error?.Code, error?.Text).ShouldBe((code, text));
    }

    [Theory]
    [InlineData("""{"error":{"message":"no"}}""", true)]
    [InlineData("""{"error":"no"}""", true)]
    [InlineData("""{"detail":"no"}""", true)]
    [InlineData("""{"code":"channel_failed","message":"no"}""", true)]
    [InlineData("""{"code":"success","message":"fine","data":{}}""", false)]
    [InlineData("""{"code":0,"message":"fine"}""", false)]
    [InlineData("""{"message":"welcome"}""", false)]
    [InlineData("""{"error":{},"type":"video"}""", false)]
    [InlineData("""{"error":null,"detail":[]}""", false)]
    public void Error_InA200_IsARefusalOnlyWhenStated(string json, bool refused)
    {
        using var response = new HttpResponseMessage();
        var reply = new ApiReply(HttpStatusCode.OK, response.Headers, null, "application/json", Encoding.UTF8.GetBytes(json)) { Whole = true };

        var outcome = new CreateAnswer("lab", new Redactor(null), TimeProvider.System).Class(reply, _ => null);

        outcome.GetType().Name.ShouldBe(refused ? "Refused" : "Unknown");
    }

    [Theory]
    [InlineData("COMPLETED", nameof(RemoteState.Completed))]
    [InlineData(" succeeded ", nameof(RemoteState.Completed))]
    [InlineData("NOT_START", nameof(RemoteState.Queued))]
    [InlineData("video_upsampling_failed", nameof(RemoteState.Running))]
    [InlineData("104", nameof(RemoteState.Failed))]
    [InlineData("canceled", nameof(RemoteState.Cancelled))]
    [InlineData("pondering", nameof(RemoteState.Running))]
    [InlineData("", nameof(RemoteState.Running))]
    [InlineData(null, nameof(RemoteState.Running))]
    public void Status_IsRead(string? word, string expected) => StatusWords.Read(word).ToString().ShouldBe(expected);

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(1.0, 0.01)]
    [InlineData(76.0, 0.76)]
    [InlineData(250.0, 1.0)]
    [InlineData(-3.0, 0.0)]
    [InlineData(null, null)]
    public void Percent_IsReadInAnyForm(double? given, double? expected) => Loose.Percent(given).ShouldBe(expected);

    [Fact]
    public void Redactor_TakesTheKeyOutInEverySpelling()
    {
        const string key = "sk+lab/Secret=value-0123456789";
        var bytes = Encoding.UTF8.GetBytes(key);
        var redactor = new Redactor(key);
        string[] spellings =
        [
            key,
            key.ToUpperInvariant(),
            Uri.EscapeDataString(key),
            key.Replace("+", "\\u002B", StringComparison.Ordinal),
            Convert.ToHexString(bytes),
            Convert.ToHexStringLower(bytes),
            Convert.ToBase64String(bytes),
            Convert.ToBase64String(Encoding.UTF8.GetBytes("a:" + key)),
            Convert.ToBase64String(Encoding.UTF8.GetBytes(":" + key)),
            string.Join('\u200b', key.ToCharArray()),
        ];

        foreach (var spelling in spellings)
        {
            var clean = redactor.Clean($"before {spelling} after");
            clean.ShouldContain(Redactor.Mark, customMessage: spelling);
            clean.ShouldNotContain("Secret", Case.Insensitive);
            clean.ShouldStartWith("before ");
        }
    }

    [Theory]
    [InlineData("a\u001b[31mb\r\nc\td", "a [31mb c d")]
    [InlineData("right\u202eleft\u2066", "rightleft")]
    [InlineData("see https://cdn.example/v.mp4?sig=abc&x=1 there", "see https://cdn.example/v.mp4?… there")]
    [InlineData("Bearer abcdefghijklmnop is bad", "Bearer [redacted] is bad")]
    [InlineData(null, "")]
    public void Redactor_LeavesPlainText(string? text, string expected) => new Redactor(null).Clean(text).ShouldBe(expected);

    [Fact]
    public void Redactor_WordsOfAModel_KeepTheirLinesAndLength()
    {
        var redactor = new Redactor("sk-0123456789");

        redactor.CleanWords("  I see a fox.\n\n- red\r\n- small, sk-0123456789 \u001b[31m ").ShouldBe("I see a fox.\n\n- red \n- small, [redacted] [31m");
        redactor.CleanWords(new string('x', 10_000)).Length.ShouldBe(Redactor.MaxWords);
        redactor.Clean("one\ntwo").ShouldBe("one two");
    }

    [Fact]
    public void Redactor_IsShort_AndCutsNoKeyInTwo()
    {
        const string key = "sk-0123456789-abcdefghij";
        var redactor = new Redactor(key);

        redactor.Clean(new string('x', 10_000_000)).Length.ShouldBe(Redactor.MaxLength);
        redactor.Clean(new string('\n', (32 * 1024) - 12) + key).ShouldNotContain("sk-0");
        redactor.Clean(new string('x', 490) + key).ShouldNotContain("sk-0");
    }

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
