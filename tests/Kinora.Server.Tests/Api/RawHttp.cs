using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Shouldly;

namespace Kinora.Server.Tests.Api;

/// <summary>Requests as they are written: no client of ours makes another address or another body of them first.</summary>
internal static class RawHttp
{
    public static Task<ApiReply> SendAsync(Uri server, string method, string target, string token, string? json, CancellationToken cancel)
    {
        var body = Encoding.UTF8.GetBytes(json ?? "");
        return SendAsync(server, $"{method} {target}", token, json is null ? "" : $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n", [body], cancel);
    }

    /// <summary>A body in chunks, written until it is all out or nobody reads it any more.</summary>
    public static Task<ApiReply> SendChunksAsync(Uri server, string target, string token, string type, IEnumerable<byte[]> chunks, CancellationToken cancel) => SendAsync(
        server, "POST " + target, token, $"Content-Type: {type}\r\nTransfer-Encoding: chunked\r\n",
        chunks.Select(c => (byte[])[.. Encoding.ASCII.GetBytes(c.Length.ToString("x", CultureInfo.InvariantCulture)), .. "\r\n"u8, .. c, .. "\r\n"u8]).Append([.. "0\r\n\r\n"u8]), cancel);

    private static async Task<ApiReply> SendAsync(Uri server, string request, string token, string headers, IEnumerable<byte[]> body, CancellationToken cancel)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", server.Port, cancel);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{request} HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n{headers}\r\n"), cancel);
        try
        {
            foreach (var part in body)
            {
                await stream.WriteAsync(part, cancel);
            }
        }
        catch (IOException)
        {
            // It does not want any more; its answer is there.
        }

        return await ReadAsync(stream, request, cancel);
    }

    private static async Task<ApiReply> ReadAsync(NetworkStream stream, string request, CancellationToken cancel)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(cancel);
        var (start, end) = (text.IndexOf("\r\n\r\n", StringComparison.Ordinal), text.IndexOf("\r\n", StringComparison.Ordinal));
        start.ShouldBeGreaterThan(0, $"no answer to {request}");
        var headers = text[(end + 2)..start].Split("\r\n").Select(l => l.Split(": ", 2)).ToDictionary(l => l[0], l => l[^1], StringComparer.OrdinalIgnoreCase);
        return new ApiReply(int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), text[(start + 4)..], headers);
    }
}
