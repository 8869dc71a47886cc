using System.Globalization;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Pictures;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenAiImages;

/// <summary>Writes a create for the Images API: from words alone, or from words and pictures.</summary>
internal static class ImagesRequest
{
    public static async Task<HttpRequestMessage> WriteAsync(Submission submission, Endpoint endpoint, CancellationToken cancel)
    {
        var pictures = await Attachments.OfAsync(submission, withSource: true, cancel);
        return new HttpRequestMessage(HttpMethod.Post, endpoint.At(pictures.Count == 0 ? "/images/generations" : "/images/edits"))
        {
            Content = pictures.Count == 0 ? JsonBody.Of(Fields(submission), OpenAiImagesJson.Default.WireGeneration) : await FormAsync(submission, pictures, cancel),
        };
    }

    // What is not asked is not said: defaults are the server's.
    private static WireGeneration Fields(Submission submission)
    {
        var request = submission.Request;
        return new WireGeneration
        {
            Model = submission.ModelName,
            Prompt = ComposedPrompt.Write(request, submission.Source, request.Instructions),
            N = request.Count > 1 ? request.Count : null,
            Size = request.Size?.ToString(),
            Quality = request.Quality,
            Background = request.Background,
            OutputFormat = request.Format,
        };
    }

    private static async Task<FormBody> FormAsync(Submission submission, IReadOnlyList<Attachment> pictures, CancellationToken cancel)
    {
        // The paths first: nothing is left open when a picture is not there.
        var mask = submission.Request.Mask is { } given ? await Attachments.OfAsync(submission, given, cancel) : null;
        var fields = Fields(submission);
        var form = FormBody.New();
        foreach (var (name, value) in new[]
        {
            ("model", fields.Model),
            ("prompt", fields.Prompt),
            ("n", fields.N?.ToString(CultureInfo.InvariantCulture)),
            ("size", fields.Size),
            ("quality", fields.Quality),
            ("background", fields.Background),
            ("output_format", fields.OutputFormat),
        })
        {
            if (value is not null)
            {
                form.AddText(name, value);
            }
        }

        // As the official SDKs do: servers of the first days know the bare name only.
        var field = pictures.Count == 1 ? "image" : "image[]";
        for (var i = 0; i < pictures.Count; i++)
        {
            form.AddFile(field, pictures[i].Path, FormattableString.Invariant($"image-{i + 1}{pictures[i].Extension}"), pictures[i].MimeType);
        }

        if (mask is not null)
        {
            form.AddFile("mask", mask.Path, "mask" + mask.Extension, mask.MimeType);
        }

        return form;
    }
}
