using Kinora.Errors;
using Kinora.References;

namespace Kinora.Tests.Fakes;

/// <summary>Knows the addresses it was given.</summary>
internal sealed class FakeUrls : IUrlFetcher
{
    public Dictionary<string, string> Bodies { get; } = [];

    public async Task<long> FetchAsync(string url, string outputPath, long maxBytes, CancellationToken cancel)
    {
        var body = Bodies.GetValueOrDefault(url) ?? throw new KinoraException(ErrorCodes.UrlRefused, "The address is not fetched.");
        await File.WriteAllTextAsync(outputPath, body, cancel);
        return body.Length;
    }
}
