using System.Globalization;
using Kinora.Catalog;
using Kinora.Errors;

namespace Kinora.Generation;

/// <summary>Checks a request against what its model can do. Reports every fault at once; each names the field, what is allowed and what was asked.</summary>
public static class RequestRules
{
    public const int MaxKeyLength = 255;

    /// <summary>Of one video: as many as OpenAI's guide had (https://developers.openai.com/api/docs/guides/video-generation).</summary>
    public const int MaxCharacters = 2;

    /// <summary>The longest clip that can be asked of any model: a day, in seconds.</summary>
    private const double MaxSeconds = 86_400;

    public static IReadOnlyList<Fault> Check(GenerationRequest request, ModelInfo model, DateOnly today)
    {
        var faults = new List<Fault>();
        void Refuse(string field, string text) => faults.Add(new Fault(field, text, ErrorCodes.UnsupportedByModel));

        Prompt(request, model, faults);
        if (!model.Kinds.Contains(request.Kind))
        {
            Refuse("model", $"{model.Id} makes {string.Join(" and ", model.Kinds).ToLowerInvariant()}s; {(request.Kind == MediaKind.Image ? "an image" : "a video")} was asked.");
        }

        if (model.RetiresOn is { } end && today >= end)
        {
            var instead = model.Replacement is { } replacement ? $" Use {replacement}." : "";
            Refuse("model", $"{model.Id} was retired on {end:yyyy-MM-dd}.{instead}");
        }

        if (request.Size is { } size && model.Sizes is { } sizes && !sizes.Allows(size))
        {
            Refuse("size", $"{model.Id} makes {sizes}; you asked for {size}.");
        }

        if (request.Seconds is { } seconds && !(seconds > 0 && seconds <= MaxSeconds))
        {
            faults.Add(new Fault("seconds", FormattableString.Invariant($"The length must be a positive number of seconds, at most {MaxSeconds}.")));
        }
        else if (request.Kind == MediaKind.Video && request.Seconds is { } length && model.Durations is { } durations && !durations.Allows(length))
        {
            Refuse("seconds", string.Create(CultureInfo.InvariantCulture, $"{model.Id} makes {durations}; you asked for {length}."));
        }

        if (request.Kind == MediaKind.Image)
        {
            ImageRules.Check(request, model, faults, Refuse);
        }
        else
        {
            VideoOnly(request, faults);
            Features(request, model, Refuse);
        }

        Options(request, model, faults, Refuse);
        if (request.MaxCostUsd is < 0)
        {
            faults.Add(new Fault("max_cost_usd", "The highest cost must not be negative."));
        }

        return faults;
    }

    /// <summary>Keys hold 1 to 255 printable characters.</summary>
    public static Fault? CheckKey(string? key) => key switch
    {
        null => null,
        { Length: 0 or > MaxKeyLength } => new Fault("idempotency_key", $"An idempotency key has 1 to {MaxKeyLength} characters; this one has {key.Length}."),
        _ when HasLoneSurrogate(key) => new Fault("idempotency_key", "The idempotency key is not valid Unicode text."),
        _ when key.Any(char.IsControl) => new Fault("idempotency_key", "An idempotency key holds no control characters."),
        _ => null,
    };

    /// <summary>Several that are too many are not even looked up.</summary>
    public static Fault? CheckCharacters(IReadOnlyList<string> ids) =>
        ids.Count > MaxCharacters ? new Fault("characters", $"A video has at most {MaxCharacters} characters; you named {ids.Count}.")
        : ids.Distinct(StringComparer.OrdinalIgnoreCase).Count() < ids.Count ? new Fault("characters", "The same character is named twice. Name each once.")
        : null;

    private static void Prompt(GenerationRequest request, ModelInfo model, List<Fault> faults)
    {
        if (string.IsNullOrWhiteSpace(request.Prompt))
        {
            faults.Add(new Fault("prompt", $"The prompt is empty. Say what the {request.Kind.ToString().ToLowerInvariant()} shows."));
            return;
        }

        Text("prompt", "The prompt", request.Prompt, model, faults);
        if (request.NegativePrompt is { } negative)
        {
            Text("negative_prompt", "The negative prompt", negative, model, faults);
        }
    }

    private static void Text(string field, string name, string text, ModelInfo model, List<Fault> faults)
    {
        if (text.Length > model.MaxPromptLength)
        {
            faults.Add(new Fault(
                field, string.Create(CultureInfo.InvariantCulture, $"{name} has {text.Length:N0} characters; at most {model.MaxPromptLength:N0} are allowed.")));
        }
        else if (HasLoneSurrogate(text))
        {
            faults.Add(new Fault(field, $"{name} is not valid Unicode text."));
        }
    }

    private static void VideoOnly(GenerationRequest request, List<Fault> faults)
    {
        foreach (var (field, given) in (ReadOnlySpan<(string, bool)>)
            [
                ("format", request.Format is not null), ("quality", request.Quality is not null), ("background", request.Background is not null),
                ("mask", request.Mask is not null), ("count", request.Count != 1),
            ])
        {
            if (given)
            {
                faults.Add(new Fault(field, $"The {field} is that of a picture; leave it out for a video."));
            }
        }
    }

    private static void Features(GenerationRequest request, ModelInfo model, Action<string, string> refuse)
    {
        void Needs(bool asked, bool can, string field, string what)
        {
            if (asked && !can)
            {
                refuse(field, $"{model.Id} {what}.");
            }
        }

        Needs(request.FirstFrame is not null, model.FirstFrame, "reference", "takes no first frame");
        Needs(request.LastFrame is not null, model.LastFrame, "last_frame", "takes no last frame");
        Needs(request.NegativePrompt is not null, model.NegativePrompt, "negative_prompt", "takes no negative prompt");
        Needs(request.Seed is not null, model.Seed, "seed", "takes no seed");
        Needs(request.Audio == true, model.Audio != AudioRule.None, "audio", "makes no sound");
        Needs(request.Audio == false, model.Audio != AudioRule.Always, "audio", "always makes sound");
        Needs(request.Operation == Operation.Remix, model.Remix, "model", "cannot remix");
        Needs(request.Operation == Operation.Edit, model.Edit, "model", "cannot edit a video");
        Needs(request.Operation == Operation.Extend, model.Extend, "model", "cannot extend a video");
        Needs(request is { Operation: Operation.Edit, StartsFromUpload: true } && model.Edit, model.TakesVideo, "model", "cannot edit an uploaded video");
        Needs(request is { Operation: Operation.Extend, StartsFromUpload: true } && model.Extend, model.TakesVideo, "model", "cannot extend an uploaded video");
        if (request.Characters.Count > model.MaxReferences)
        {
            refuse("characters", model.MaxReferences == 0
                ? $"{model.Id} takes no reference pictures, which characters are shown to it by."
                : $"{model.Id} takes at most {model.MaxReferences} reference pictures; your {request.Characters.Count} characters are one each.");
        }
        else if (request.References.Count > model.MaxReferences)
        {
            refuse("references", model.MaxReferences == 0
                ? $"{model.Id} takes no reference pictures."
                : $"{model.Id} takes at most {model.MaxReferences} reference pictures; you gave {request.References.Count}{(request.Characters.Count == 0 ? "" : ", those of the characters among them")}.");
        }
    }

    private static void Options(GenerationRequest request, ModelInfo model, List<Fault> faults, Action<string, string> refuse)
    {
        foreach (var (name, value) in request.Options ?? new Dictionary<string, string>())
        {
            var shown = name.Length > 80 ? name[..80] + "…" : name;
            if (model.Options.FirstOrDefault(option => option.Name == name) is not { } known)
            {
                refuse("options", $"{model.Id} has no option \"{shown}\"{(model.Options.Count > 0 ? $"; it has {string.Join(", ", model.Options.Select(option => option.Name))}" : "")}.");
            }
            else if (known.Fault(value) is { } allowed)
            {
                faults.Add(new Fault("options", $"The option {name} must be {allowed}."));
            }
            else if (known.With is { } other && !request.Options!.ContainsKey(other))
            {
                faults.Add(new Fault("options", $"The option {name} goes together with {other}: give both or none."));
            }
        }
    }

    /// <summary>Half a character: no valid Unicode, and not to be stored.</summary>
    internal static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}
