using System.Text;
using System.Text.Json;
using Kinora.Server.Realtime;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Realtime;

public sealed class SocketPacketTests
{
    [Theory]
    [InlineData("0", SocketPacketType.Connect, "/", null, 0, "")]
    [InlineData("""0{"token":"x"}""", SocketPacketType.Connect, "/", null, 0, """{"token":"x"}""")]
    [InlineData("""0/admin,{"a":1}""", SocketPacketType.Connect, "/admin", null, 0, """{"a":1}""")]
    [InlineData("0/admin", SocketPacketType.Connect, "/admin", null, 0, "")]
    [InlineData("0/admin?x=1,", SocketPacketType.Connect, "/admin?x=1", null, 0, "")]
    [InlineData("0/{},", SocketPacketType.Connect, "/{}", null, 0, "")]
    [InlineData("1", SocketPacketType.Disconnect, "/", null, 0, "")]
    [InlineData("1/admin,", SocketPacketType.Disconnect, "/admin", null, 0, "")]
    [InlineData("""2["foo"]""", SocketPacketType.Event, "/", null, 0, """["foo"]""")]
    [InlineData("""2[1,"é"]""", SocketPacketType.Event, "/", null, 0, """[1,"é"]""")]
    [InlineData("""212["foo",{}]""", SocketPacketType.Event, "/", "12", 0, """["foo",{}]""")]
    [InlineData("""2/admin,0["foo"]""", SocketPacketType.Event, "/admin", "0", 0, """["foo"]""")]
    [InlineData("313[]", SocketPacketType.Ack, "/", "13", 0, "[]")]
    [InlineData("""51-["baz",{"_placeholder":true,"num":0}]""", SocketPacketType.BinaryEvent, "/", null, 1, """["baz",{"_placeholder":true,"num":0}]""")]
    [InlineData("""52-/admin,7["baz"]""", SocketPacketType.BinaryEvent, "/admin", "7", 2, """["baz"]""")]
    [InlineData("50-[\"baz\"]", SocketPacketType.BinaryEvent, "/", null, 0, "[\"baz\"]")]
    [InlineData("2[\"\\ud83d\\ude00\"]", SocketPacketType.Event, "/", null, 0, "[\"\\ud83d\\ude00\"]")]
    [InlineData("61-15[1]", SocketPacketType.BinaryAck, "/", "15", 1, "[1]")]
    internal void WellFormedPackets_AreRead(string text, SocketPacketType type, string space, string? ack, int attachments, string json)
    {
        var packet = Read(text).ShouldNotBeNull();

        (packet.Type, packet.Namespace, packet.AckId, packet.Attachments).ShouldBe((type, space, ack, attachments));
        (packet.Json.ValueKind == JsonValueKind.Undefined ? "" : packet.Json.GetRawText()).ShouldBe(json);
    }

    public static TheoryData<string> Malformed =>
    [
        "", "7", "abc", "-1", " 2[\"foo\"]", "2", "2[]", "2{}", "2\"foo\"", "2[null]", "2[[]]", "2[{}]", "2[\"foo\"", "2[\"foo\"]]", "2[\"foo\"]x", "2abc[\"foo\"]", "2[\"foo\",]",
        "0[]", "0\"token\"", "0 1", "0nul", "1{}", "1[]", "3", "3{}", "3x[]", "4{}", "4\"no\"", "5[\"foo\"]", "5-[\"foo\"]", "51[\"foo\"]", "5x-[\"foo\"]", "5-1-[\"foo\"]", "599999-[\"foo\"]", "5+1-[\"foo\"]",
        "61-", "2[\"\\ud800\"]", "2[{\"\\udc00\":1}]", "2[\"x\",\"\\ud83d\\u0041\"]", "2[1e]", "2[\"foo\"]\u001e2[\"foo\"]", "2" + new string('1', 400) + "[\"foo\"]", "2/" + new string('a', 1_000) + ",[\"foo\"]",
        "2" + new string('[', 5_000) + new string(']', 5_000), "2[\"a\"," + new string('[', 200) + new string(']', 200) + "]",
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void MalformedPackets_AreNone(string text) => Read(text).ShouldBeNull();

    [Fact]
    public void BytesThatAreNoText_AreNone()
    {
        SocketPacket.Read(new byte[] { (byte)'2', (byte)'[', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)']' }).ShouldBeNull();
        for (var i = 0; i < 256; i++)
        {
            SocketPacket.Read(new byte[] { (byte)'2', (byte)i })?.Json.ValueKind.ShouldBe(JsonValueKind.Array);
        }
    }

    [Fact]
    public void WhatIsRead_OutlivesTheBufferItWasReadFrom()
    {
        var buffer = "2[\"foo\"]"u8.ToArray();
        var packet = SocketPacket.Read(buffer)!;
        buffer.AsSpan().Fill((byte)'x');

        packet.Json[0].GetString().ShouldBe("foo");
    }

    [Fact]
    public void WhatTheServerSays_IsWrittenAsTheirsDoes()
    {
        Text(SocketPacket.Connected("abc")).ShouldBe("""40{"sid":"abc"}""");
        Text(SocketPacket.ConnectError("/", "Authentication error")).ShouldBe("""44{"message":"Authentication error"}""");
        Text(SocketPacket.ConnectError("/random", "Invalid namespace")).ShouldBe("""44/random,{"message":"Invalid namespace"}""");
        Text(SocketPacket.Event("news", json => json.WriteStringValue("ü<"))).ShouldBe("""42["news","ü<"]""");
        Text(SocketPacket.Ack("12", json => json.WriteNumberValue(3))).ShouldBe("4312[3]");
        Text(SocketPacket.Disconnect).ShouldBe("41");
    }

    private static SocketPacket? Read(string text) => SocketPacket.Read(Encoding.UTF8.GetBytes(text));

    private static string Text(byte[] packet) => Encoding.UTF8.GetString(packet);
}
