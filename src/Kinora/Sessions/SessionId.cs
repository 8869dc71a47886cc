using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Kinora.Jobs;

namespace Kinora.Sessions;

/// <summary>The id of an image session: 128 random bits, written as a UUID; plain hex digits are read too.</summary>
[JsonConverter(typeof(SessionIdJsonConverter))]
public readonly record struct SessionId
{
    private readonly JobId _bits;

    private SessionId(JobId bits) => _bits = bits;

    public static SessionId New(IRandomBytes random) => new(JobId.New(random));

    public static bool TryParse([NotNullWhen(true)] string? text, out SessionId id)
    {
        var parsed = text is not null && !text.Contains('_', StringComparison.Ordinal) && JobId.TryParse(text, out var bits) ? bits : (JobId?)null;
        id = new SessionId(parsed.GetValueOrDefault());
        return parsed is not null;
    }

    /// <summary>32 hex digits: the form stored in the database.</summary>
    public string Hex => _bits.Hex;

    public override string ToString() => _bits.Uuid;
}

/// <summary>Writes an id as 32 hex digits.</summary>
public sealed class SessionIdJsonConverter : JsonConverter<SessionId>
{
    public override SessionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SessionId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not a session id.");

    public override void Write(Utf8JsonWriter writer, SessionId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Hex);
}
