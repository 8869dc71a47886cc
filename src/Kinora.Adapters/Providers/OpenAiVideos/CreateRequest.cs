using System.Globalization;
using Kinora.Adapters.Providers.Http;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.OpenAiVideos;

/// <summary>Writes a create, remix, edit or extension as the dialect wants it. What cannot be said there is refused before anything is sent.</summary>
internal sealed class CreateRequest(OpenAiVideosOptions options, Endpoint endpoint)
{
    private readonly Dialect _dialect = options.Dialect;

    /// <summary>The request, or why there can be none.</summary>
    public async Task<(HttpRequestMessage? Request, SubmitOutcome? Refusal)> WriteAsync(Submission submission, CancellationToken cancel)
    {
        if (Unsayable(submission) is { } reason)
        {
            return (null, new SubmitOutcome.Refused(ErrorCodes.UnsupportedByModel, $"{options.Name} {reason}"));
        }

        var (path, body) = submission.Request.Operation switch
        {
            Operation.Remix => ($"/videos/{Uri.EscapeDataString(submission.Source!.RemoteId!)}/remix", JsonBody.Of(new WireFollowUp { Prompt = submission.Request.Prompt }, OpenAiVideosJson.Default.WireFollowUp)),
            Operation.Edit => ("/videos/edits", await FollowUpAsync(submission, cancel)),
            Operation.Extend => ("/videos/extensions", await FollowUpAsync(submission, cancel)),
            _ => ("/videos", await CreateAsync(submission, cancel)),
        };
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.At(path)) { Content = body };

        // Nobody in the table honours it today but Kinora itself; a server that does not know it passes over it.
        request.Headers.TryAddWithoutValidation("Idempotency-Key", submission.JobId.Hex);
        return (request, null);
    }

    private string? Unsayable(Submission submission)
    {
        var request = submission.Request;
        var made = submission.Source?.Provider == options.Name ? submission.Source.RemoteId : null;
        return request switch
        {
            { Operation: Operation.Remix } when !_dialect.Remix => "cannot remix.",
            { Operation: Operation.Remix } when made is null => "can only remix what it made itself.",
            { Operation: Operation.Edit or Operation.Extend } when !_dialect.Edits => "cannot edit or extend.",
            { Operation: Operation.Edit or Operation.Extend } when submission.Source is null && (request.SourceVideo is null || !_dialect.Uploads) => "needs a video of a job to edit or extend.",
            { Operation: Operation.Extend, Seconds: null } => "needs to know by how many seconds to extend.",
            { LastFrame: not null } => "takes no last frame.",
            { References.Count: > 0 } => "takes no pictures beside the first frame.",
            { Seed: not null } when !_dialect.Tuning => "takes no seed.",
            { NegativePrompt: not null } when !_dialect.Tuning => "takes no negative prompt.",
            { Audio: not null } when _dialect.SoundField is null => "has no switch for sound.",
            { Size: { } size } when _dialect.Size == SizeForm.Ratio && size.Ratio is not ("16:9" or "9:16") => $"makes 16:9 and 9:16 only; {size} is neither.",
            _ => null,
        };
    }

    private async Task<HttpContent> CreateAsync(Submission submission, CancellationToken cancel)
    {
        var request = submission.Request;
        if (_dialect.Body == BodyForm.JsonUnlessFile && request.FirstFrame is null)
        {
            return JsonBody.Of(
                new WireCreate
                {
                    Prompt = request.Prompt,
                    Model = submission.ModelName,
                    Seconds = Seconds(request),
                    Size = Size(request),
                    Seed = request.Seed,
                    NegativePrompt = request.NegativePrompt,
                },
                OpenAiVideosJson.Default.WireCreate);
        }

        // The path first: nothing is left open when the picture is not there.
        var picture = request.FirstFrame is { } frame ? await submission.Inputs.PathAsync(frame, cancel) : null;
        var form = FormBody.New();
        Add(form, "prompt", request.Prompt);
        Add(form, "model", submission.ModelName);
        Add(form, "seconds", Seconds(request));
        Add(form, "size", Size(request));
        Add(form, "seed", request.Seed?.ToString(CultureInfo.InvariantCulture));
        Add(form, "negative_prompt", request.NegativePrompt);
        if (_dialect.SoundField is { } sound)
        {
            Add(form, sound, request.Audio switch { true => "true", false => "false", null => null });
        }

        if (picture is not null)
        {
            form.AddFile(_dialect.FileField, picture, "first_frame" + Extension(request.FirstFrame!.MimeType), request.FirstFrame.MimeType);
        }

        return form;
    }

    // A video of the server's own goes by id; one made elsewhere, or uploaded, goes along as a file.
    private async Task<HttpContent> FollowUpAsync(Submission submission, CancellationToken cancel)
    {
        var (request, source) = (submission.Request, submission.Source);

        // An edit keeps its length, and is not asked for one (openai/openai-openapi 2.3.0).
        var seconds = request.Operation == Operation.Extend ? Seconds(request) : null;
        if (source?.Provider == options.Name && source.RemoteId is { } id)
        {
            return JsonBody.Of(new WireFollowUp { Prompt = request.Prompt, Video = new WireReference(id), Seconds = seconds }, OpenAiVideosJson.Default.WireFollowUp);
        }

        var path = source?.FilePath ?? await submission.Inputs.PathAsync(request.SourceVideo!, cancel);
        var type = request.SourceVideo?.MimeType ?? source?.MimeType ?? "video/mp4";
        var form = FormBody.New();
        Add(form, "prompt", request.Prompt);

        // No video of theirs tells them the model of an upload.
        Add(form, "model", source is null ? submission.ModelName : null);
        Add(form, "seconds", seconds);
        form.AddFile("video", path, "source" + Extension(type), type);
        return form;
    }

    private string? Size(GenerationRequest request) => request.Size is not { } size ? null
        : _dialect.Size == SizeForm.Ratio ? size.Ratio.Replace(':', 'x')
        : size.ToString();

    private static string? Seconds(GenerationRequest request) => request.Seconds?.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Extension(string type) => type switch
    {
        "image/jpeg" => ".jpg",
        "image/webp" => ".webp",
        "video/mp4" => ".mp4",
        "video/quicktime" => ".mov",
        "video/webm" => ".webm",
        _ => ".png",
    };

    private static void Add(FormBody form, string name, string? value)
    {
        if (value is not null)
        {
            form.AddText(name, value);
        }
    }
}
