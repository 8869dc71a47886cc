using Microsoft.Net.Http.Headers;

namespace Kinora.Server.Lab;

/// <summary>Sends a result, whole or the asked range of it.</summary>
internal static class LabContent
{
    public static async Task SendAsync(HttpContext context, LabFile file)
    {
        var response = context.Response;
        response.ContentType = file.Type;
        response.Headers.ETag = file.Tag;
        response.Headers.AcceptRanges = "bytes";
        var (from, to) = (0L, file.Length - 1);
        if (AskedRange(context, file) is { } range)
        {
            from = range.From ?? Math.Max(0, file.Length - (range.To ?? 0));
            to = range.From is null ? file.Length - 1 : Math.Min(range.To ?? long.MaxValue, file.Length - 1);
            if (from > to)
            {
                response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                response.Headers.ContentRange = $"bytes */{file.Length}";
                return;
            }

            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {from}-{to}/{file.Length}";
        }

        response.ContentLength = to - from + 1;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await file.CopyAsync(response.Body, from, to - from + 1, context.RequestAborted);
        }
    }

    // A range under a tag that is not this file's asks for the whole (RFC 9110, 13.1.5).
    private static RangeItemHeaderValue? AskedRange(HttpContext context, LabFile file)
    {
        var headers = context.Request.GetTypedHeaders();
        return headers.Range is { Unit.Value: "bytes", Ranges: { Count: 1 } ranges } && (headers.IfRange?.EntityTag is not { } tag || tag.Tag == file.Tag)
            ? ranges.First()
            : null;
    }
}
