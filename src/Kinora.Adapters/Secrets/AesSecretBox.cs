using System.Security.Cryptography;
using System.Text;
using Kinora.Errors;
using Kinora.Secrets;

namespace Kinora.Adapters.Secrets;

/// <summary>
/// AES-256-GCM with a random nonce for each secret. A box is <c>v1.KEY.DATA</c>: the name of the key, then nonce, tag and ciphertext in base64. The purpose is
/// authenticated with it.
/// </summary>
/// <param name="file">The key where the settings have none; where they have, it still opens what it sealed.</param>
/// <param name="present">The key of the settings.</param>
/// <param name="previous">The key before, of the settings: opens only.</param>
internal sealed class AesSecretBox(SecretKeyFile file, byte[]? present, byte[]? previous) : ISecretBox
{
    private const string Version = "v1";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeadBytes = NonceBytes + TagBytes;

    private byte[]? _ofFile;

    public string Seal(string secret, string purpose)
    {
        var key = present ?? (_ofFile ??= file.ReadOrMake());
        var plain = Encoding.UTF8.GetBytes(secret);
        var data = new byte[HeadBytes + plain.Length];
        var nonce = data.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, data.AsSpan(HeadBytes), data.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(purpose));
        return $"{Version}.{SecretKey.Name(key)}.{Convert.ToBase64String(data)}";
    }

    public string Open(string box, string purpose)
    {
        if (box.Split('.') is not [Version, var name, var text] || Key(name) is not { } key)
        {
            throw Unreadable(null);
        }

        try
        {
            var data = Convert.FromBase64String(text).AsSpan();
            var plain = new byte[Math.Max(0, data.Length - HeadBytes)];
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(data[..NonceBytes], data[HeadBytes..], data[NonceBytes..HeadBytes], plain, Encoding.UTF8.GetBytes(purpose));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException or ArgumentOutOfRangeException)
        {
            throw Unreadable(fault);
        }
    }

    private byte[]? Key(string name) => new[] { present, previous }.OfType<byte[]>().FirstOrDefault(key => SecretKey.Name(key) == name)
        ?? ((_ofFile ??= file.Read()) is { } ofFile && SecretKey.Name(ofFile) == name ? ofFile : null);

    private static KinoraException Unreadable(Exception? inner) => new(
        ErrorCodes.ConfigurationInvalid,
        "A stored secret cannot be read with the keys there are. Restore secret.key, or set Webhooks:EncryptionKey or Webhooks:PreviousEncryptionKey to the key it was encrypted with.",
        inner?.Message,
        inner);
}
