using System.Diagnostics.CodeAnalysis;
using Kinora.Jobs;

namespace Kinora.Server.Gateway.Responses;

/// <summary>Jobs and their pictures under the names that OpenAI's responses have: <c>resp_</c> and <c>ig_</c> before the 32 digits of the job.</summary>
internal static class ResponseIds
{
    private const string Response = "resp_";
    private const string Call = "ig_";
    private const int Digits = 32;

    public static string Of(JobId job) => Response + job.Hex;

    public static string OfCall(JobId job, int index) => Call + new ImageId(job, index).ToString()["image_".Length..];

    public static bool TryParse([NotNullWhen(true)] string? text, out JobId job)
    {
        job = default;
        return text is { Length: 37 } && text.StartsWith(Response, StringComparison.Ordinal) && JobId.TryParse(text[Response.Length..], out job);
    }

    public static bool TryParseCall([NotNullWhen(true)] string? text, out ImageId picture)
    {
        picture = default;
        return text is { Length: >= 3 + Digits } && text.StartsWith(Call, StringComparison.Ordinal) && char.IsAsciiHexDigit(text[Call.Length]) && ImageId.TryParse(text[Call.Length..], out picture);
    }
}
