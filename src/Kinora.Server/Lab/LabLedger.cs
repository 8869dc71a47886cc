using System.Security.Cryptography;
using System.Text;

namespace Kinora.Server.Lab;

/// <summary>One create that was accepted, and so would have been paid.</summary>
/// <param name="Key">Fingerprint of the key it came with; null when there was none.</param>
/// <param name="BodyHash">SHA-256 of the body as it came, hex.</param>
/// <param name="PromptHash">SHA-256 of the prompt, hex.</param>
/// <param name="Outcome">What was sent back: a status, or the name of the fault that was played.</param>
/// <param name="Fields">The other text fields.</param>
internal sealed record LabCreate(
    DateTimeOffset Time,
    string Shape,
    string Path,
    string? Key,
    string BodyHash,
    string RemoteId,
    string? IdempotencyKey,
    string PromptHash,
    string Script,
    string Outcome,
    IReadOnlyDictionary<string, string> Fields,
    IReadOnlyList<LabUpload> Files);

/// <summary>A file that came with a create.</summary>
/// <param name="Picture">What its first bytes say it is: <c>png</c>, <c>jpeg</c>, <c>webp</c>; null for anything else.</param>
internal sealed record LabUpload(string Field, string Name, string Type, long Bytes, string Sha256, string? Picture)
{
    public static LabUpload Of(string field, string name, string type, ReadOnlySpan<byte> bytes) =>
        new(field, name, type, bytes.Length, LabLedger.Hash(bytes), LabPictures.FormatOf(bytes));
}

/// <summary>Every accepted create, in order. Safe from any thread.</summary>
internal sealed class LabLedger
{
    private readonly Lock _gate = new();
    private readonly List<LabCreate> _creates = [];

    public IReadOnlyList<LabCreate> Creates
    {
        get
        {
            lock (_gate)
            {
                return [.. _creates];
            }
        }
    }

    public void Add(LabCreate create)
    {
        lock (_gate)
        {
            _creates.Add(create);
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _creates.Clear();
        }
    }

    /// <summary>Enough of a key to tell two apart, and no more.</summary>
    public static string? Fingerprint(string? key) => key is null ? null : Hash(Encoding.UTF8.GetBytes(key))[..12];

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
