using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using VitLab.Data;
using VitLab.Experiments;
using VitLab.Models;
using VitLab.Vision;
using VitLab.Web.Runs;

namespace VitLab.Web.Api;

/// <summary>What went wrong as problem details (RFC 9457), with <c>errors</c> keyed by the field at fault.</summary>
internal sealed class ApiProblems(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (!context.Request.Path.StartsWithSegments("/api") || Describe(exception) is not { } description) return false;
        var (status, errors) = description;
        context.Response.StatusCode = status;
        return await problems.TryWriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            Exception = exception,
            ProblemDetails = new HttpValidationProblemDetails(errors)
            {
                Status = status,
                Title = status == StatusCodes.Status400BadRequest ? "The request is not right." : null,
                Detail = string.Join(" ", errors.SelectMany(pair => pair.Value)),
            },
        });
    }

    private static (int Status, Dictionary<string, string[]> Errors)? Describe(Exception exception) => exception switch
    {
        OptionException e => (StatusCodes.Status400BadRequest, e.Problems.GroupBy(p => p.Field).ToDictionary(g => g.Key, g => g.Select(p => p.Message).ToArray())),
        RunNotFoundException e => One(StatusCodes.Status404NotFound, e.Field, e.Message),
        RunConflictException e => One(StatusCodes.Status409Conflict, e.Field, e.Message),
        RunException e => One(StatusCodes.Status400BadRequest, e.Field, e.Message),
        DataException e => One(StatusCodes.Status503ServiceUnavailable, "data", e.Message),
        CheckpointException e => One(StatusCodes.Status422UnprocessableEntity, "checkpoint", $"{Path.GetFileName(e.File)}: {e.Problem}"),
        DrawingFormatException e => One(StatusCodes.Status400BadRequest, Field(e.Field, "drawing"), e.Line is { } line ? $"line {line}: {e.Reason}" : e.Reason),
        BadHttpRequestException { InnerException: DrawingFormatException e } => One(StatusCodes.Status400BadRequest, Field(e.Field, "drawing"), e.Reason),
        BadHttpRequestException { InnerException: JsonException e } => One(StatusCodes.Status400BadRequest, Field(e.Path?.TrimStart('$', '.'), "body"), $"Not the JSON that is expected here: {e.Message}"),
        BadHttpRequestException e => One(e.StatusCode, "body", e.Message),
        IOException or UnauthorizedAccessException => One(StatusCodes.Status507InsufficientStorage, "disk", $"The lab's folder cannot be written: {exception.Message}"),
        _ => null,
    };

    private static (int Status, Dictionary<string, string[]> Errors) One(int status, string field, string message) => (status, new() { [field] = [message] });

    private static string Field(string? named, string otherwise) => string.IsNullOrEmpty(named) ? otherwise : named;
}
