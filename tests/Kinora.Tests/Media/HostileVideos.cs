using System.Buffers.Binary;
using System.Text;

namespace Kinora.Tests.Media;

/// <summary>Inert "videos" that must be refused: playlists and scripts under a video's name, lying sizes, codecs outside the list.</summary>
internal static class HostileVideos
{
    private const string Listener = "http://127.0.0.1:18999/";

    private static byte[] Ftyp => [0, 0, 0, 24, .. "ftypisom\0\0\0\0isommp42"u8];

    /// <summary>Texts that ffmpeg takes for instructions. They name <c>victim.mp4</c>, which lies beside them.</summary>
    public static IReadOnlyDictionary<string, byte[]> Scripts { get; } = new Dictionary<string, byte[]>
    {
        ["concat-relative.mp4"] = "ffconcat version 1.0\nfile victim.mp4\n"u8.ToArray(),
        ["concat-absolute.mp4"] = "ffconcat version 1.0\nfile /etc/passwd\n"u8.ToArray(),
        ["hls-relative.mp4"] = Hls("victim.mp4"),
        ["hls-file.mp4"] = Hls("file:///etc/passwd"),
        ["hls-http.mp4"] = Hls(Listener + "x.ts"),
        ["dash.mp4"] = Encoding.ASCII.GetBytes(
            "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" mediaPresentationDuration=\"PT1S\">"
            + "<Period><AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\" bandwidth=\"1\" width=\"1\" height=\"1\" codecs=\"avc1\">"
            + $"<BaseURL>{Listener}x.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>"),
        ["sdp.mp4"] = "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n"u8.ToArray(),
        ["subtitles.mp4"] = "1\n00:00:00,000 --> 00:00:01,000\nvictim.mp4\n"u8.ToArray(),
        ["text.mp4"] = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a wall of text\n", 200))),
    };

    public static IReadOnlyDictionary<string, byte[]> Boxes { get; } = new Dictionary<string, byte[]>
    {
        ["empty.mp4"] = [],
        ["html.mp4"] = "<!doctype html><title>404</title>"u8.ToArray(),
        ["json.mp4"] = "{\"error\":{\"message\":\"expired\"}}"u8.ToArray(),
        ["signature-only.mp4"] = Ftyp,
        ["huge-box.mp4"] = [.. Ftyp, .. Big(long.MaxValue)],
        ["negative-box.mp4"] = [.. Ftyp, .. Big(-1)],
        ["tiny-box.mp4"] = [.. Ftyp, 0, 0, 0, 1, .. "mdat"u8, .. new byte[7]],
        ["looping-box.mp4"] = [.. Ftyp, 0, 0, 0, 7, .. "moov"u8, .. new byte[64]],
        ["hollow-index.mp4"] = [.. Ftyp, 0, 0, 0, 8, .. "moov"u8, 0, 0, 0, 8, .. "mdat"u8],
        ["noise-index.mp4"] = [.. Ftyp, 0, 0, 4, 8, .. "moov"u8, .. Noise(1024)],
        ["ebml-only.webm"] = [0x1A, 0x45, 0xDF, 0xA3],
        ["ebml-noise.webm"] = [0x1A, 0x45, 0xDF, 0xA3, .. Noise(512)],
        ["ebml-zero-length.webm"] = [0x1A, 0x45, 0xDF, 0xA3, 0x00, .. new byte[100]],
        ["ebml-endless.webm"] = [0x1A, 0x45, 0xDF, 0xA3, 0x01, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0x42, 0x82, 0x84, .. "webm"u8],
        ["ebml-promise.webm"] = [0x1A, 0x45, 0xDF, 0xA3, 0x87, 0x42, 0x82, 0x84, .. "webm"u8, 0x18, 0x53, 0x80, 0x67, 0x08, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0],
    };

    private static byte[] Hls(string target) => Encoding.ASCII.GetBytes($"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\n{target}\n#EXT-X-ENDLIST\n");

    private static byte[] Big(long size)
    {
        byte[] box = [0, 0, 0, 1, .. "mdat"u8, .. new byte[8]];
        BinaryPrimitives.WriteInt64BigEndian(box.AsSpan(8), size);
        return box;
    }

    private static byte[] Noise(int count)
    {
        var bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
