using System.Text.Json;

namespace Kinora.Adapters.Providers.OpenAiImages;

/// <summary>What is kept of a job beside its remote id: which of the two APIs made it.</summary>
/// <param name="Api">One of the constants.</param>
/// <param name="At">When, in unix seconds.</param>
internal sealed record RemoteNote(string Api, long At)
{
    public const string Images = "images";
    public const string Responses = "responses";

    /// <summary>A stored response is kept for at least 30 days (openai-node 7.57.0, src/resources/responses/responses.ts, <c>store</c>); a day is left for clocks.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(29);

    /// <summary>The vendor's own word for the request, which its support asks for.</summary>
    public string? RequestId { get; init; }

    public static RemoteNote? Read(string? data)
    {
        try
        {
            return data is null ? null : JsonSerializer.Deserialize(data, OpenAiImagesJson.Default.RemoteNote);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => JsonSerializer.Serialize(this, OpenAiImagesJson.Default.RemoteNote);
}
