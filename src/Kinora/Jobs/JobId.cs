using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Kinora.Jobs;

/// <summary>The id of a job: 128 random bits. Written as a UUID on <c>/api</c> and as <c>video_</c> or <c>image_</c> + 32 hex digits elsewhere; all are read everywhere.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(JobIdJsonConverter))]
public readonly record struct JobId
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdefABCDEF-");

    private readonly Guid _value;

    private JobId(Guid value) => _value = value;

    /// <summary>A new id; all 128 bits come from <paramref name="random"/>, so it is no version-4 UUID, only shaped like one.</summary>
    public static JobId New(IRandomBytes random)
    {
        Span<byte> bits = stackalloc byte[16];
        random.Fill(bits);
        return new JobId(new Guid(bits));
    }

    public static bool TryParse([NotNullWhen(true)] string? text, out JobId id)
    {
        id = default;
        if (text is null)
        {
            return false;
        }

        var hex = text.StartsWith("video_", StringComparison.Ordinal) ? text.AsSpan(6)
            : text.StartsWith("image_", StringComparison.Ordinal) ? text.AsSpan(6)
            : text.AsSpan();
        // Guid alone would also take spaces around it, and signs and 0x within.
        if (hex.ContainsAnyExcept(Digits))
        {
            return false;
        }

        var parsed = Guid.TryParseExact(hex, "N", out var value)
            || (hex.Length == text.Length && Guid.TryParseExact(hex, "D", out value));
        id = new JobId(value);
        return parsed;
    }

    /// <summary>32 hex digits: the form stored in the database and in file names.</summary>
    public string Hex => _value.ToString("N", CultureInfo.InvariantCulture);

    public string Uuid => _value.ToString("D", CultureInfo.InvariantCulture);

    /// <summary>The form of messages about videos; see <see cref="Job.PublicId"/>.</summary>
    public override string ToString() => "video_" + Hex;
}

/// <summary>Where unguessable bytes come from. A test may give a sequence of its own.</summary>
public interface IRandomBytes
{
    void Fill(Span<byte> bytes);
}

/// <summary>The system's cryptographic generator.</summary>
public sealed class SystemRandomBytes : IRandomBytes
{
    public void Fill(Span<byte> bytes) => System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
}
