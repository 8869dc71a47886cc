using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Kinora.Jobs;
using Kinora.Providers;
using Kinora.Server.Web;

namespace Kinora.Server.Security;

/// <summary>The addresses at which providers call back: one for each job, whose last part only this server can have made.</summary>
internal sealed class CallbackAddresses(ServerOptions options, TokenKeys keys) : ICallbackAddresses
{
    public const string Path = "/hooks/";

    private const int MacBytes = 18;

    private readonly Uri? _root = options.PublicUrl is { } address && Fault(address) is null ? new Uri(address) : null;

    public Uri? Of(JobId job) => _root is null ? null : new Uri(_root, $"{Path}{job.Hex}/{Base64Url.EncodeToString(Mac(keys.Callbacks[0], job))}");

    /// <summary>Null for what we have not written.</summary>
    public JobId? Read(string job, string token) =>
        JobId.TryParse(job, out var id) && job == id.Hex && token.Length == Base64Url.GetEncodedLength(MacBytes) && Base64Url.IsValid(token)
        && Base64Url.DecodeFromChars(token) is var mac && keys.Callbacks.Any(key => CryptographicOperations.FixedTimeEquals(Mac(key, id), mac))
            ? id
            : null;

    /// <summary>What is wrong with a public address; null when it will do.</summary>
    public static string? Fault(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { PathAndQuery: "/", Fragment.Length: 0, UserInfo.Length: 0 }
            ? null
            : "an http or https address without a path is expected, such as https://studio.example.";

    private static ReadOnlySpan<byte> Mac(byte[] key, JobId job) => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(job.Hex)).AsSpan(..MacBytes);
}
