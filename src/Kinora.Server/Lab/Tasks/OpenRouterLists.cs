using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Tasks;

/// <summary>What the imitated OpenRouter says that it has: models with known prices, with a price nobody knows, and one that makes nothing of its own.</summary>
internal static class OpenRouterLists
{
    public static JsonObject Videos() => (JsonObject)JsonNode.Parse("""
        {"data":[
          {"id":"lab/reel","canonical_slug":"lab/reel-1","name":"Lab: Reel","created":1763769600,"description":"Words for frames.","hugging_face_id":null,
           "supported_durations":[4,5,8],"supported_resolutions":["480p","720p","1080p"],"supported_aspect_ratios":["16:9","9:16","1:1"],"supported_sizes":null,
           "supported_frame_images":["first_frame","last_frame"],"generate_audio":true,"seed":true,"upscale_factor":null,"creativity":null,
           "pricing_skus":{"duration_seconds_with_audio":"0.40","duration_seconds_without_audio":"0.20","duration_seconds_with_audio_480p":"0.10","duration_seconds_without_audio_480p":"0.05"},
           "allowed_passthrough_parameters":[]},
          {"id":"lab/film","canonical_slug":"lab/film-1","name":"Lab: Film","created":1763769600,"description":"Sizes in pixels, and a price in tokens.",
           "supported_durations":[1,2],"supported_resolutions":["720p"],"supported_aspect_ratios":["16:9"],"supported_sizes":["320x180","1280x720","720x1280"],
           "supported_frame_images":["first_frame"],"generate_audio":false,"seed":null,"upscale_factor":null,"creativity":null,
           "pricing_skus":{"duration_seconds":"0.10","video_tokens_of_tomorrow":"0.000007"},"allowed_passthrough_parameters":[]},
          {"id":"lab/larger","canonical_slug":"lab/larger-1","name":"Lab: Larger","created":1763769600,"description":"Only makes videos larger.",
           "supported_durations":null,"supported_resolutions":null,"supported_aspect_ratios":null,"supported_sizes":null,"supported_frame_images":null,
           "generate_audio":null,"seed":null,"upscale_factor":{"min":1,"max":4},"creativity":[1,2,3],"pricing_skus":{"cents_per_megapixel_second":"1"},"allowed_passthrough_parameters":[]}
        ]}
        """)!;

    public static JsonObject Images() => (JsonObject)JsonNode.Parse("""
        {"data":[
          {"id":"lab/painter","name":"Lab: Painter","created":1763769600,"description":"Pictures.","endpoints":"/api/v1/images/models/lab/painter/endpoints",
           "architecture":{"input_modalities":["text","image"],"output_modalities":["image"]},"supports_streaming":false,
           "supported_parameters":{"n":{"type":"range","min":1,"max":4},"input_references":{"type":"range","min":0,"max":3},"seed":{"type":"boolean"},
             "quality":{"type":"enum","values":["low","high","ultra"]},"output_format":{"type":"enum","values":["png","webp","svg"]},
             "background":{"type":"enum","values":["auto","transparent"]}}}
        ]}
        """)!;
}
