using System.Collections.Frozen;
using Kinora.Adapters.Providers.Http;
using Kinora.Catalog;

namespace Kinora.Adapters.Providers.OpenAiVideos;

/// <summary>The table of dialects (2026-11-21; sources in NOTES.md).</summary>
internal static class Dialects
{
    public const string Default = "generic";

    public static readonly FrozenDictionary<string, Dialect> All = new Dialect[]
    {
        // The reference itself, and servers that follow it to the letter; Kinora's own /v1 is one.
        new("openai") { Lists = true, Remix = true, Edits = true, Uploads = true },

        // One model per process. Takes forms only; DELETE really stops the GPU.
        new("vllm-omni")
        {
            Body = BodyForm.Form,
            Key = KeyRule.Optional,
            Delete = DeleteRule.Stops,
            Lists = true,
            Tuning = true,
            SoundField = "generate_sound",
        },

        // A form without a file has been refused: JSON for text. DELETE takes the record away, the work goes on.
        new("sglang")
        {
            Key = KeyRule.Optional,
            Lists = true,
            Tuning = true,
            Words = new Dictionary<string, RemoteState>(StringComparer.OrdinalIgnoreCase) { ["deleted"] = RemoteState.Cancelled },
        },
        new("trtllm") { Key = KeyRule.None, FileField = "image_reference" },
        new("litellm") { Lists = true, Remix = true },
        new("new-api") { Remix = true, Links = true },

        // Two letter-box sizes and two lengths. Asking more often than every 30 s is answered with 429.
        new("juxin")
        {
            Body = BodyForm.Form,
            Size = SizeForm.Ratio,
            Remix = true,
            Links = true,
            OtherPoll = "/video/query?id={id}",
            Durations = DurationRule.OneOf(10, 10, 15),
            Sizes = new SizeRule { Allowed = [new FrameSize(1280, 720), new FrameSize(720, 1280)], Default = new FrameSize(720, 1280) },
            MinPoll = TimeSpan.FromSeconds(30),
        },

        // Anything else with the shape, blocking servers such as Dynamo and FastVideo too.
        new(Default) { Key = KeyRule.Optional, Links = true, Blocks = true },
    }.ToFrozenDictionary(dialect => dialect.Name, StringComparer.OrdinalIgnoreCase);

    public static string Names => string.Join(", ", All.Keys.Order(StringComparer.Ordinal));
}
