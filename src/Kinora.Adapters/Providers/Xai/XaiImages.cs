using System.Text.Json;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Pictures;
using Kinora.Errors;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Xai;

/// <summary>Pictures: one JSON request, answered with the pictures themselves; with pictures to start from it goes to another path.</summary>
internal static class XaiImages
{
    public static async Task<(string Path, WireCreate Body)> WriteAsync(Submission submission, CancellationToken cancel)
    {
        var request = submission.Request;
        AnsweredPictures.Refuse(submission);
        var words = XaiModels.Pictures.Words(request.Size);
        var inputs = new List<WireFile>();
        foreach (var picture in await Attachments.OfAsync(submission, withSource: true, cancel))
        {
            inputs.Add(new WireFile(await picture.ToDataUrlAsync(cancel)) { Type = "image_url" });
        }

        return (inputs.Count == 0 ? "/images/generations" : "/images/edits", new WireCreate
        {
            Model = submission.ModelName,
            Prompt = ComposedPrompt.Write(request, submission.Source, request.Instructions),
            N = request.Count,
            ResponseFormat = "b64_json",
            AspectRatio = words?.Ratio,
            Resolution = words?.Resolution,
            Quality = request.Quality is "auto" ? null : request.Quality,
            Image = inputs is [var only] ? only : null,
            Images = inputs.Count > 1 ? inputs : null,
        });
    }

    /// <summary>Null when the answer has no list of pictures, and so proves nothing.</summary>
    /// <param name="cost">US dollars; null when it was not told.</param>
    public static SubmitOutcome? Read(WirePictures? answer, Submission submission, decimal? cost, Endpoint endpoint, Redactor redactor)
    {
        if (answer?.Data is not { } data)
        {
            return null;
        }

        var shown = data.OfType<XaiPicture>().Where(picture => picture.RespectModeration != false).ToList();

        // Made, perhaps paid for, and withheld: no refusal, which would say that it cost nothing. The next look tells the end.
        return data.Count > 0 && shown.Count == 0
            ? new SubmitOutcome.Accepted(submission.JobId.Hex, JsonSerializer.Serialize(new WithheldNote(cost), XaiJson.Default.WithheldNote))
            : new SubmitOutcome.Finished(submission.JobId.Hex, AnsweredPicture.Outputs(shown, endpoint, redactor), cost);
    }

    /// <summary>There is nothing to ask there: what came lies in the work folder, or is lost.</summary>
    public static CheckOutcome Check(RemoteJob job, string provider) =>
        job.RemoteData is { } data && JsonSerializer.Deserialize(data, XaiJson.Default.WithheldNote) is { } note
            ? new CheckOutcome.Failed(ErrorCodes.ContentPolicy, $"{provider} made the pictures and withheld them for their content.", note.CostUsd)
        : AnsweredPictures.Check(job, provider);
}
