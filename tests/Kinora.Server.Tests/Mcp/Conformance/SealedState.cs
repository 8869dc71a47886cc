using System.Security.Cryptography;
using System.Text;
using ModelContextProtocol;

namespace Kinora.Server.Tests.Mcp.Conformance;

/// <summary>State that travels through the client and comes back unchanged, or not at all.</summary>
internal static class SealedState
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    public static string Seal(string text) => $"{text}.{Mac(text)}";

    /// <exception cref="McpProtocolException">It was changed on its way.</exception>
    public static string Open(string? sealedText)
    {
        var cut = sealedText?.LastIndexOf('.') ?? -1;
        return cut >= 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Mac(sealedText![..cut])), Encoding.UTF8.GetBytes(sealedText[(cut + 1)..]))
            ? sealedText[..cut]
            : throw new McpProtocolException("requestState failed its integrity check.", McpErrorCode.InvalidParams);
    }

    private static string Mac(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(text)));
}
