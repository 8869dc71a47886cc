using System.Security.Cryptography;
using System.Text;
using Kinora.Configuration;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Secrets;

namespace Kinora.Server.Security;

/// <summary>The keys that tokens and media links are signed with: from the settings, else made once and kept in the data folder, readable by its owner only.</summary>
internal sealed class TokenKeys
{
    private const int FewestBytes = 32;
    private const int FewestDifferent = 10;

    /// <summary>Found in documents and samples, so known to everybody.</summary>
    private static readonly string[] _samples = ["secret", "changeme", "change-me", "change_me", "example", "password", "default", "your-", "your_", "jwt_", "jwt-", "_jwt", "-jwt", "qwerty"];

    private readonly Lazy<IReadOnlyList<byte[]>> _secrets;
    private readonly Lazy<IReadOnlyList<byte[]>> _links;
    private readonly Lazy<IReadOnlyList<byte[]>> _callbacks;

    public TokenKeys(TokenOptions options, DataFolder data, IRandomBytes random, IKeyFiles files)
    {
        _secrets = new Lazy<IReadOnlyList<byte[]>>(() =>
            [options.Secret is { } secret ? Read(secret, nameof(options.Secret)) : Kept(data, random, files), .. options.PreviousSecret is { } before ? [Read(before, nameof(options.PreviousSecret))] : Array.Empty<byte[]>()]);
        _links = Derived("kinora media link");
        _callbacks = Derived("kinora provider callback");
    }

    /// <summary>For tokens; the first one signs, all verify.</summary>
    /// <exception cref="KinoraException"><c>configuration_invalid</c>: a secret that could be guessed, or one that cannot be kept.</exception>
    public IReadOnlyList<byte[]> Secrets => _secrets.Value;

    /// <summary>The same for media links: a key of its own, so that neither is ever taken for the other.</summary>
    public IReadOnlyList<byte[]> Links => _links.Value;

    /// <summary>The same for the addresses at which providers call.</summary>
    public IReadOnlyList<byte[]> Callbacks => _callbacks.Value;

    private Lazy<IReadOnlyList<byte[]>> Derived(string purpose) =>
        new(() => [.. _secrets.Value.Select(s => HKDF.Expand(HashAlgorithmName.SHA256, s, FewestBytes, Encoding.ASCII.GetBytes(purpose)))]);

    private static byte[] Read(string secret, string setting)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        if (bytes.Length >= FewestBytes && !IsPattern(bytes) && !_samples.Any(s => secret.Contains(s, StringComparison.OrdinalIgnoreCase)))
        {
            return bytes;
        }

        throw new KinoraException(
            ErrorCodes.ConfigurationInvalid,
            $"Tokens:{setting} could be guessed: whoever does that is everybody. It must be {FewestBytes} random characters or more, such as `openssl rand -base64 32` prints; or leave it unset, and one is made.");
    }

    /// <summary>Few different characters, rows such as <c>abcdefgh</c>, or the same again and again: long, and known all the same.</summary>
    private static bool IsPattern(byte[] bytes) =>
        bytes.Distinct().Count() < FewestDifferent
        || bytes.Skip(1).Zip(bytes, (next, before) => next - before).Distinct().Count() < FewestDifferent
        || Enumerable.Range(1, bytes.Length / 2).Any(length => bytes.AsSpan(length..).SequenceEqual(bytes.AsSpan(..^length)));

    private static byte[] Kept(DataFolder data, IRandomBytes random, IKeyFiles files)
    {
        try
        {
            return files.ReadOrMake(data.TokenKey, () => New(random)) is { Length: FewestBytes } key
                ? key
                : throw new KinoraException(ErrorCodes.ConfigurationInvalid, "tokens.key in the data folder is damaged. Remove it: a new one is made, and everybody signs in again.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new KinoraException(
                ErrorCodes.ConfigurationInvalid, "tokens.key in the data folder cannot be read or written. Mend its rights, or set Tokens:Secret.", fault.Message, fault);
        }
    }

    private static byte[] New(IRandomBytes random)
    {
        var key = new byte[FewestBytes];
        random.Fill(key);
        return key;
    }
}
