using Kinora.Adapters.Providers.Http;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Pictures;

/// <summary>A picture that goes along, on local disk.</summary>
internal sealed record Attachment(string Path, string MimeType)
{
    public string Extension => MimeType switch
    {
        "image/jpeg" => ".jpg",
        "image/webp" => ".webp",
        _ => ".png",
    };

    public async Task<DataUrl> ToDataUrlAsync(CancellationToken cancel) => new(MimeType, await File.ReadAllBytesAsync(Path, cancel));
}

/// <summary>The pictures of a submission, in the order they are sent.</summary>
internal static class Attachments
{
    /// <param name="withSource">Whether the picture gone on from goes as a file; it is the first then.</param>
    public static async Task<IReadOnlyList<Attachment>> OfAsync(Submission submission, bool withSource, CancellationToken cancel)
    {
        var files = new List<Attachment>();
        if (withSource && submission.Source is { } source)
        {
            files.Add(new Attachment(source.FilePath, source.MimeType ?? "image/png"));
        }

        foreach (var picture in submission.Request.References)
        {
            files.Add(await OfAsync(submission, picture, cancel));
        }

        return files;
    }

    public static async Task<Attachment> OfAsync(Submission submission, InputImage picture, CancellationToken cancel) =>
        new(await submission.Inputs.PathAsync(picture, cancel), picture.MimeType);
}
