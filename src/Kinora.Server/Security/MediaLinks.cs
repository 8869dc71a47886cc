using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Kinora.Assets;
using Kinora.Jobs;

namespace Kinora.Server.Security;

/// <summary>One file of one user, for a few minutes, for whoever has the address: for players and pages that cannot send a header. No token is ever part of an address.</summary>
internal sealed record MediaLink(string UserId, JobId Job, AssetRole Role, int Index, DateTimeOffset ExpiresAt);

/// <summary>Writes and reads the last part of a link's address: what it opens, until when, and a MAC over both.</summary>
internal sealed class MediaLinks(TokenKeys keys, TokenOptions options, TimeProvider time)
{
    private const int MacBytes = 16;
    private const int FixedBytes = 16 + 1 + 1 + 8;

    public MediaLink For(string userId, Asset asset) =>
        new(userId, asset.JobId, asset.Role, asset.Index, time.GetUtcNow() + TimeSpan.FromMinutes(options.LinkMinutes));

    public string Write(MediaLink link)
    {
        var user = Encoding.UTF8.GetBytes(link.UserId);
        var bytes = new byte[FixedBytes + user.Length + MacBytes];
        Convert.FromHexString(link.Job.Hex).CopyTo(bytes, 0);
        bytes[16] = (byte)link.Role;
        bytes[17] = (byte)link.Index;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(18), link.ExpiresAt.ToUnixTimeSeconds());
        user.CopyTo(bytes, FixedBytes);
        Mac(keys.Links[0], bytes.AsSpan(..^MacBytes)).CopyTo(bytes.AsSpan(^MacBytes..));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null for what we have not written, and for what is past its time.</summary>
    public MediaLink? Read(string text)
    {
        if (text.Length > 400 || !Base64Url.IsValid(text) || Base64Url.DecodeFromChars(text) is not { Length: > FixedBytes + MacBytes } bytes
            || !keys.Links.Any(key => CryptographicOperations.FixedTimeEquals(Mac(key, bytes.AsSpan(..^MacBytes)), bytes.AsSpan(^MacBytes..)))
            || !JobId.TryParse(Convert.ToHexStringLower(bytes.AsSpan(0, 16)), out var job))
        {
            return null;
        }

        var expires = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(18)));
        return expires > time.GetUtcNow()
            ? new MediaLink(Encoding.UTF8.GetString(bytes.AsSpan(FixedBytes..^MacBytes)), job, (AssetRole)bytes[16], bytes[17], expires)
            : null;
    }

    private static ReadOnlySpan<byte> Mac(byte[] key, ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(key, bytes).AsSpan(..MacBytes);
}
