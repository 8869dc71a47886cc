using System.Text;
using Kinora.Server.Realtime;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Realtime;

public sealed class EnginePayloadTests
{
    [Theory]
    [InlineData("4hello", "Message:hello")]
    [InlineData("4", "Message:")]
    [InlineData("3", "Pong:")]
    [InlineData("4a\u001e2\u001e4b", "Message:a|Ping:|Message:b")]
    [InlineData("4hello\u001ebAQIDBA==", "Message:hello|Binary:01020304")]
    [InlineData("b", "Binary:")]
    [InlineData("4€\u001e42[\"€\"]", "Message:€|Message:2[\"€\"]")]
    public void Bodies_AreReadPacketByPacket(string body, string packets) => Read(body).ShouldBe(packets);

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("7")]
    [InlineData("\u001e")]
    [InlineData("4a\u001e")]
    [InlineData("\u001e4a")]
    [InlineData("4a\u001e\u001e4b")]
    [InlineData("b!")]
    [InlineData("bAQI")]
    [InlineData("bAQID=")]
    [InlineData("BAQID")]
    [InlineData("4a\u001ex")]
    [InlineData("-4a")]
    public void OneMalformedPacket_MakesTheBodyMalformed(string body) => Read(body).ShouldBeNull();

    [Fact]
    public void TooManyPackets_MakeTheBodyMalformed()
    {
        Read(string.Join('\u001e', Enumerable.Repeat("3", 4)), most: 4).ShouldNotBeNull();
        Read(string.Join('\u001e', Enumerable.Repeat("3", 5)), most: 4).ShouldBeNull();
    }

    private static string? Read(string body, int most = 64) => EnginePayload.Read(Encoding.UTF8.GetBytes(body), most) is { } packets
        ? string.Join('|', packets.Select(p => $"{p.Type}:{(p.Type == EnginePacketType.Binary ? Convert.ToHexString(p.Data.Span) : Encoding.UTF8.GetString(p.Data.Span))}"))
        : null;
}
